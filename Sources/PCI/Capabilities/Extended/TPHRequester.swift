// SPDX-License-Identifier: Apache-2.0

/// The TPH Requester capability, extended id 0x0017.
///
/// PCI Express Base 6.0, section 7.9.13.
public struct TPHRequester: DecodedCapability {
  /// The start of its dotted field names, `tph`.
  public static var shortName: String { "tph" }
  /// The specification's name.
  public static var title: String { "TPH Requester" }

  /// TPH Requester Capability at +4.
  public let capability: UInt32
  /// TPH Requester Control at +8.
  public let control: UInt32
  /// Entries of the steering table, where it is here, from +0xc.
  public let steeringTags: [UInt16]

  /// Decodes the registers, 12 bytes or more.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let capability = space.doubleWord(at: offset + 4),
      let control = space.doubleWord(at: offset + 8),
      let steeringTags = space.words(
        at: offset + 0xc,
        count: capability[bits: 9...10] == 1 ? Int(capability[bits: 16...26]) + 1 : 0)
    else { return nil }
    self.capability = capability
    self.control = control
    self.steeringTags = steeringTags
  }

  /// No ST Mode Supported.
  public var supportsNoSteeringTagMode: Bool { capability[bit: 0] }
  /// Interrupt Vector Mode Supported.
  public var supportsInterruptVectorMode: Bool { capability[bit: 1] }
  /// Device Specific Mode Supported.
  public var supportsDeviceSpecificMode: Bool { capability[bit: 2] }
  /// Extended TPH Requester Supported.
  public var supportsExtendedRequester: Bool { capability[bit: 8] }
  /// ST Table Location, as a code.
  public var steeringTableLocation: UInt32 { capability[bits: 9...10] }
  /// ST Table Size, in entries.
  public var steeringTableSize: UInt32 { capability[bits: 16...26] + 1 }

  /// ST Mode Select, as a code.
  public var steeringTagMode: UInt32 { control[bits: 0...2] }
  /// TPH Requester Enable, as a code.
  public var requesterEnable: UInt32 { control[bits: 8...9] }

  /// Every field, in register order.
  public var fields: [Field] {
    var fields = Self.tables.fields([UInt64(capability), UInt64(control)])
    for (index, value) in steeringTags.enumerated() {
      fields.append(Field("steeringTags.\(index)", hexadecimal: value, digits: 4))
    }
    return fields
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { Self.tables.names + ["steeringTags.N"] }

  private static var tables: [RegisterTable] {
    [
      RegisterTable(
        "capability",
        [
          .flag(0, "noSteeringTagModeSupported"),
          .flag(1, "interruptVectorModeSupported"),
          .flag(2, "deviceSpecificModeSupported"),
          .flag(8, "extendedRequesterSupported"),
          .names(9...10, "steeringTableLocation", ["none", "TPH capability", "MSI-X table"]),
          .number(16...26, "steeringTableSize", adding: 1),
        ]),
      RegisterTable(
        "control",
        [
          .names(0...2, "steeringTagMode", ["no ST", "interrupt vector", "device specific"]),
          .names(
            8...9, "requesterEnable", ["disabled", "TPH", "reserved", "TPH and extended TPH"]),
        ]),
    ]
  }
}
