// SPDX-License-Identifier: Apache-2.0

/// The Address Translation Services capability, extended id 0x000f.
///
/// PCI Express Base 6.0, section 10.5.1.
public struct AddressTranslationServices: DecodedCapability {
  /// The start of its dotted field names, `ats`.
  public static var shortName: String { "ats" }
  /// The specification's name.
  public static var title: String { "Address Translation Services" }

  /// ATS Capability at +4.
  public let capability: UInt16
  /// ATS Control at +6.
  public let control: UInt16

  /// Decodes the registers, 8 bytes.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let capability = space.word(at: offset + 4),
      let control = space.word(at: offset + 6)
    else { return nil }
    self.capability = capability
    self.control = control
  }

  /// Invalidate Queue Depth; the code 0 stands for 32, as a code.
  public var invalidateQueueDepth: UInt16 { capability[bits: 0...4] }
  /// Page Aligned Request.
  public var isRequestPageAligned: Bool { capability[bit: 5] }
  /// Global Invalidate Supported.
  public var supportsGlobalInvalidate: Bool { capability[bit: 6] }
  /// Relaxed Ordering Supported.
  public var supportsRelaxedOrdering: Bool { capability[bit: 7] }
  /// ATS Memory Attributes Supported.
  public var supportsMemoryAttributes: Bool { capability[bit: 8] }

  /// Smallest Translation Unit: 2^(n+12) bytes.
  public var smallestTranslationUnit: UInt16 { control[bits: 0...4] }
  /// Enable.
  public var isEnabled: Bool { control[bit: 15] }

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
          .computed(0...4, "invalidateQueueDepth") { FieldMeaning.invalidateQueueDepth($0) },
          .flag(5, "pageAlignedRequest"),
          .flag(6, "globalInvalidateSupported"),
          .flag(7, "relaxedOrderingSupported"),
          .flag(8, "memoryAttributesSupported"),
        ]),
      RegisterTable(
        "control",
        [
          .number(0...4, "smallestTranslationUnit"),
          .flag(15, "enable"),
        ]),
    ]
  }
}
