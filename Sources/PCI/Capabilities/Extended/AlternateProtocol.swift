// SPDX-License-Identifier: Apache-2.0

/// The Alternate Protocol capability, extended id 0x002b.
///
/// PCI Express Base 6.0, section 7.9.20.
public struct AlternateProtocol: DecodedCapability {
  /// The start of its dotted field names, `altprotocol`.
  public static var shortName: String { "altprotocol" }
  /// The specification's name.
  public static var title: String { "Alternate Protocol" }

  /// Alternate Protocol Capabilities at +4.
  public let capabilities: UInt32
  /// Alternate Protocol Control at +8.
  public let control: UInt32
  /// Alternate Protocol Data 1 at +0xc.
  public let data1: UInt32
  /// Alternate Protocol Data 2 at +0x10.
  public let data2: UInt32
  /// Alternate Protocol Selective Enable Mask at +0x14.
  public let selectiveEnableMask: UInt32?

  /// Decodes the registers, 20 bytes or more.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let capabilities = space.doubleWord(at: offset + 4),
      let control = space.doubleWord(at: offset + 8),
      let data1 = space.doubleWord(at: offset + 0xc),
      let data2 = space.doubleWord(at: offset + 0x10)
    else { return nil }
    self.capabilities = capabilities
    self.control = control
    self.data1 = data1
    self.data2 = data2
    selectiveEnableMask =
      (space.doubleWord(at: offset + 4) ?? 0)[bit: 8] ? space.doubleWord(at: offset + 0x14) : nil
  }

  /// Alternate Protocol Count.
  public var count: UInt32 { capabilities[bits: 0...7] }
  /// Alternate Protocol Selective Enable Supported.
  public var supportsSelectiveEnable: Bool { capabilities[bit: 8] }

  /// Alternate Protocol Index Select.
  public var indexSelect: UInt32 { control[bits: 0...7] }
  /// Alternate Protocol Negotiation Global Enable.
  public var isGlobalEnabled: Bool { control[bit: 8] }

  /// Alternate Protocol Usage Information.
  public var usageInformation: UInt32 { data1[bits: 0...2] }
  /// Alternate Protocol Details.
  public var details: UInt32 { data1[bits: 5...15] }
  /// Alternate Protocol Vendor ID.
  public var vendorID: UInt32 { data1[bits: 16...31] }

  /// Modified TS Information 2.
  public var modifiedTSInformation: UInt32 { data2[bits: 0...23] }

  /// Every field, in register order.
  public var fields: [Field] {
    Self.tables.fields([
      UInt64(capabilities), UInt64(control), UInt64(data1), UInt64(data2),
      selectiveEnableMask.map { UInt64($0) },
    ])
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { Self.tables.names }

  private static var tables: [RegisterTable] {
    [
      RegisterTable(
        "capabilities",
        [
          .number(0...7, "count"),
          .flag(8, "selectiveEnableSupported"),
        ]),
      RegisterTable(
        "control",
        [
          .number(0...7, "indexSelect"),
          .flag(8, "globalEnable"),
        ]),
      RegisterTable(
        "data1",
        [
          .number(0...2, "usageInformation"),
          .hexadecimal(5...15, "details", digits: 3),
          .hexadecimal(16...31, "vendorID", digits: 4),
        ]),
      RegisterTable(
        "data2",
        [
          .hexadecimal(0...23, "modifiedTSInformation", digits: 6)
        ]),
      .hexadecimal("selectiveEnableMask", digits: 8),
    ]
  }
}
