// SPDX-License-Identifier: Apache-2.0

/// The Precision Time Measurement capability, extended id 0x001f.
///
/// PCI Express Base 6.0, section 7.9.15.
public struct PrecisionTimeMeasurement: DecodedCapability {
  /// The start of its dotted field names, `ptm`.
  public static var shortName: String { "ptm" }
  /// The specification's name.
  public static var title: String { "Precision Time Measurement" }

  /// PTM Capability at +4.
  public let capability: UInt32
  /// PTM Control at +8.
  public let control: UInt32

  /// Decodes the registers, 12 bytes.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let capability = space.doubleWord(at: offset + 4),
      let control = space.doubleWord(at: offset + 8)
    else { return nil }
    self.capability = capability
    self.control = control
  }

  /// PTM Requester Capable.
  public var isRequesterCapable: Bool { capability[bit: 0] }
  /// PTM Responder Capable.
  public var isResponderCapable: Bool { capability[bit: 1] }
  /// PTM Root Capable.
  public var isRootCapable: Bool { capability[bit: 2] }
  /// ePTM Capable.
  public var isEnhancedCapable: Bool { capability[bit: 3] }
  /// PTM Propagation Delay Adaptation Capable.
  public var isPropagationDelayAdaptationCapable: Bool { capability[bit: 4] }
  /// Local Clock Granularity, as a code.
  public var localClockGranularity: UInt32 { capability[bits: 8...15] }

  /// PTM Enable.
  public var isEnabled: Bool { control[bit: 0] }
  /// Root Select.
  public var isRootSelected: Bool { control[bit: 1] }
  /// Effective Granularity, as a code.
  public var effectiveGranularity: UInt32 { control[bits: 8...15] }

  /// Every field, in register order.
  public var fields: [Field] {
    Self.tables.fields([UInt64(capability), UInt64(control)])
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { Self.tables.names }

  private static var tables: [RegisterTable] {
    [
      RegisterTable(
        "capability",
        [
          .flag(0, "requesterCapable"),
          .flag(1, "responderCapable"),
          .flag(2, "rootCapable"),
          .flag(3, "enhancedCapable"),
          .flag(4, "propagationDelayAdaptationCapable"),
          .computed(8...15, "localClockGranularity") { FieldMeaning.clockGranularity($0) },
        ]),
      RegisterTable(
        "control",
        [
          .flag(0, "enable"),
          .flag(1, "rootSelect"),
          .computed(8...15, "effectiveGranularity") { FieldMeaning.clockGranularity($0) },
        ]),
    ]
  }
}
