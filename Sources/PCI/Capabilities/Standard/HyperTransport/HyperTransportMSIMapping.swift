// SPDX-License-Identifier: Apache-2.0

/// The HyperTransport MSI mapping block.
///
/// HyperTransport I/O Link 3.10, chapter 7.
public struct HyperTransportMSIMapping: DecodedCapability {
  /// The start of its dotted field names, `ht`.
  public static var shortName: String { "ht" }
  /// The specification's name.
  public static var title: String { "HyperTransport" }

  /// Command at +2.
  public let command: UInt16
  /// MSI Mapping Address Lower at +4; `nil` where the address is fixed.
  public let addressLow: UInt32?
  /// MSI Mapping Address Upper at +8.
  public let addressHigh: UInt32?

  /// Decodes the registers, 4 bytes or more.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let command = space.word(at: offset + 2)
    else { return nil }
    self.command = command
    let isFixed = command[bit: 1]
    addressLow = !isFixed ? space.doubleWord(at: offset + 4) : nil
    addressHigh = !isFixed ? space.doubleWord(at: offset + 8) : nil
  }

  /// MSI mapping enable.
  public var isEnabled: Bool { command[bit: 0] }
  /// The address is fixed at 0xfee00000.
  public var isFixed: Bool { command[bit: 1] }

  /// Bits 31:20 of the address.
  public var addressLower: UInt32? { addressLow.map { $0 & 0xfff00000 } }

  /// Every field, in register order.
  public var fields: [Field] {
    Self.tables.fields([
      UInt64(command), addressLow.map { UInt64($0) }, addressHigh.map { UInt64($0) },
    ])
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { Self.tables.names }

  private static var tables: [RegisterTable] {
    [
      RegisterTable(
        "command",
        [
          .flag(0, "enable"),
          .flag(1, "fixed"),
        ]),
      RegisterTable(
        "addressLow",
        [
          .address(20...31, "", digits: 8)
        ]),
      .hexadecimal("addressHigh", digits: 8),
    ]
  }
}
