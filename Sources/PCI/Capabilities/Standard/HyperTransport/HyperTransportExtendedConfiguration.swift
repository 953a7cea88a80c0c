// SPDX-License-Identifier: Apache-2.0

/// The HyperTransport extended configuration space access block.
///
/// HyperTransport I/O Link 3.10, chapter 7.
public struct HyperTransportExtendedConfiguration: DecodedCapability {
  /// The start of its dotted field names, `ht`.
  public static var shortName: String { "ht" }
  /// The specification's name.
  public static var title: String { "HyperTransport" }

  /// Extended Configuration Address at +4.
  public let address: UInt32
  /// Extended Configuration Data at +8.
  public let data: UInt32

  /// Decodes the registers, 12 bytes.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let address = space.doubleWord(at: offset + 4),
      let data = space.doubleWord(at: offset + 8)
    else { return nil }
    self.address = address
    self.data = data
  }

  /// Function.
  public var function: UInt32 { address[bits: 12...14] }
  /// Device.
  public var device: UInt32 { address[bits: 15...19] }
  /// Bus.
  public var bus: UInt32 { address[bits: 20...27] }
  /// Access type 1.
  public var isType1: Bool { address[bit: 28] }

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
          .address(2...11, "register", digits: 3),
          .number(12...14, "function"),
          .number(15...19, "device"),
          .number(20...27, "bus"),
          .flag(28, "type1"),
        ]),
      .hexadecimal("data", digits: 8),
    ]
  }
}
