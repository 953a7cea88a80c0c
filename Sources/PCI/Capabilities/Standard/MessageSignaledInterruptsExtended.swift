// SPDX-License-Identifier: Apache-2.0

/// The MSI-X capability, id 0x11.
///
/// PCI Local Bus 3.0, section 6.8.2; PCI Express Base 6.0, section 7.7.2.
public struct MessageSignaledInterruptsExtended: DecodedCapability {
  /// The start of its dotted field names, `msix`.
  public static var shortName: String { "msix" }
  /// The specification's name.
  public static var title: String { "MSI-X" }

  /// Message Control at +2.
  public let control: UInt16
  /// Table Offset and BIR at +4.
  public let table: UInt32
  /// PBA Offset and BIR at +8.
  public let pendingBitArray: UInt32

  /// Decodes the registers, 12 bytes.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let control = space.word(at: offset + 2), let table = space.doubleWord(at: offset + 4),
      let pending = space.doubleWord(at: offset + 8)
    else { return nil }
    self.control = control
    self.table = table
    self.pendingBitArray = pending
  }

  /// How many vectors the table has, 1 to 2,048.
  public var vectorCount: UInt16 { control[bits: 0...10] + 1 }
  /// All vectors are masked.
  public var isFunctionMasked: Bool { control[bit: 14] }
  /// MSI-X Enable.
  public var isEnabled: Bool { control[bit: 15] }
  /// The index of the base address register that the table is in.
  public var tableBaseAddressRegister: UInt8 { UInt8(table[bits: 0...2]) }
  /// Where the table starts in that window, in bytes.
  public var tableOffset: UInt32 { table & ~7 }
  /// The index of the base address register that the pending bits are in.
  public var pendingBaseAddressRegister: UInt8 { UInt8(pendingBitArray[bits: 0...2]) }
  /// Where the pending bits start in that window, in bytes.
  public var pendingOffset: UInt32 { pendingBitArray & ~7 }

  private static var tables: [RegisterTable] {
    [
      RegisterTable(
        "control",
        [
          .number(0...10, "tableSize", adding: 1, unit: "vectors"),
          .flag(14, "functionMask"),
          .flag(15, "enable"),
        ]),
      RegisterTable(
        "table", [.number(0...2, "bar"), .address(3...31, "offset", digits: 8)]),
      RegisterTable(
        "pendingBitArray", [.number(0...2, "bar"), .address(3...31, "offset", digits: 8)]),
    ]
  }

  /// Every field, in register order.
  public var fields: [Field] {
    Self.tables.fields([UInt64(control), UInt64(table), UInt64(pendingBitArray)])
  }

  /// The names of all fields there can be.
  public static var fieldNames: [String] { tables.names }
}
