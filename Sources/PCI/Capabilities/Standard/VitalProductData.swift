// SPDX-License-Identifier: Apache-2.0

/// The Vital Product Data capability, id 0x03.
///
/// PCI Local Bus 3.0, appendix I; PCI Express Base 6.0, section 7.9.18.
///
/// The strings themselves are not in configuration space: they are read through
/// these registers. ``VitalProductDataContents`` reads what came out.
public struct VitalProductData: DecodedCapability {
  /// The start of its dotted field names, `vpd`.
  public static var shortName: String { "vpd" }
  /// The specification's name.
  public static var title: String { "Vital Product Data" }

  /// VPD Address and flag at +2.
  public let address: UInt16
  /// VPD Data at +4.
  public let data: UInt32

  /// Decodes the registers, 8 bytes.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let address = space.word(at: offset + 2),
      let data = space.doubleWord(at: offset + 4)
    else { return nil }
    self.address = address
    self.data = data
  }

  /// VPD Address, in bytes.
  public var dataAddress: UInt16 { address[bits: 0...14] }
  /// Flag: set by the device when a read is done.
  public var hasDataArrived: Bool { address[bit: 15] }

  /// Every field, in register order.
  public var fields: [Field] {
    Self.tables.fields([UInt64(address), UInt64(data)])
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { Self.tables.names }

  private static var tables: [RegisterTable] {
    [
      RegisterTable(
        "address",
        [
          .hexadecimal(0...14, "value", digits: 4),
          .flag(15, "flag"),
        ]),
      .hexadecimal("data", digits: 8),
    ]
  }
}
