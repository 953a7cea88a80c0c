// SPDX-License-Identifier: Apache-2.0

/// The subsystem ids of a bridge, id 0x0d.
///
/// PCI Express Base 6.0, section 7.9.23.
public struct BridgeSubsystem: DecodedCapability {
  /// The start of its dotted field names, `ssvid`.
  public static var shortName: String { "ssvid" }
  /// The specification's name.
  public static var title: String { "Bridge Subsystem Vendor ID" }

  /// Subsystem Vendor ID (SSVID) at +4.
  public let subsystemVendorID: UInt16
  /// Subsystem ID (SSID) at +6.
  public let subsystemID: UInt16

  /// Decodes the registers, 8 bytes.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let subsystemVendorID = space.word(at: offset + 4),
      let subsystemID = space.word(at: offset + 6)
    else { return nil }
    self.subsystemVendorID = subsystemVendorID
    self.subsystemID = subsystemID
  }

  /// Every field, in register order.
  public var fields: [Field] {
    Self.tables.fields([UInt64(subsystemVendorID), UInt64(subsystemID)])
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { Self.tables.names }

  private static var tables: [RegisterTable] {
    [
      .hexadecimal("subsystemVendorID", digits: 4),
      .hexadecimal("subsystemID", digits: 4),
    ]
  }
}
