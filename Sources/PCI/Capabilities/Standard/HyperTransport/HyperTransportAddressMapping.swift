// SPDX-License-Identifier: Apache-2.0

/// The HyperTransport address mapping block.
///
/// HyperTransport I/O Link 3.10, chapter 7.
public struct HyperTransportAddressMapping: DecodedCapability {
  /// The start of its dotted field names, `ht`.
  public static var shortName: String { "ht" }
  /// The specification's name.
  public static var title: String { "HyperTransport" }

  /// Command at +2.
  public let command: UInt16
  /// Secondary bus non-prefetchable window (40-bit), or index (64-bit) at +4.
  public let window0: UInt32
  /// Secondary bus prefetchable window (40-bit), or data lower (64-bit) at +8.
  public let window1: UInt32

  /// Decodes the registers, 12 bytes.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let command = space.word(at: offset + 2),
      let window0 = space.doubleWord(at: offset + 4),
      let window1 = space.doubleWord(at: offset + 8)
    else { return nil }
    self.command = command
    self.window0 = window0
    self.window1 = window1
  }

  /// Number of DMA Mappings.
  public var dmaMappings: UInt16 { command[bits: 0...3] }
  /// I/O Size.
  public var ioSize: UInt16 { command[bits: 4...8] }
  /// Map Type, as a code.
  public var mapType: UInt16 { command[bits: 9...10] }

  /// Every field, in register order.
  public var fields: [Field] {
    Self.tables.fields([UInt64(command), UInt64(window0), UInt64(window1)])
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { Self.tables.names }

  private static var tables: [RegisterTable] {
    [
      RegisterTable(
        "command",
        [
          .number(0...3, "dmaMappings"),
          .number(4...8, "ioSize"),
          .names(9...10, "mapType", ["40-bit", "64-bit"]),
        ]),
      .hexadecimal("window0", digits: 8),
      .hexadecimal("window1", digits: 8),
    ]
  }
}
