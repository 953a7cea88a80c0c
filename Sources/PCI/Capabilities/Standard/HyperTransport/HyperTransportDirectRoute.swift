// SPDX-License-Identifier: Apache-2.0

/// The HyperTransport DirectRoute block.
///
/// HyperTransport I/O Link 3.10, chapter 7.
public struct HyperTransportDirectRoute: DecodedCapability {
  /// The start of its dotted field names, `ht`.
  public static var shortName: String { "ht" }
  /// The specification's name.
  public static var title: String { "HyperTransport" }

  /// Command at +2.
  public let command: UInt16
  /// DirectRoute Enable Vector at +4.
  public let enableVector: UInt32
  /// Data at +8.
  public let data: UInt32

  /// Decodes the registers, 12 bytes.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let command = space.word(at: offset + 2),
      let enableVector = space.doubleWord(at: offset + 4),
      let data = space.doubleWord(at: offset + 8)
    else { return nil }
    self.command = command
    self.enableVector = enableVector
    self.data = data
  }

  /// Number of DirectRoute Spaces.
  public var spaces: UInt16 { command[bits: 0...3] }
  /// Index.
  public var index: UInt16 { command[bits: 4...8] }

  /// Every field, in register order.
  public var fields: [Field] {
    Self.tables.fields([UInt64(command), UInt64(enableVector), UInt64(data)])
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { Self.tables.names }

  private static var tables: [RegisterTable] {
    [
      RegisterTable(
        "command",
        [
          .number(0...3, "spaces"),
          .number(4...8, "index"),
        ]),
      .hexadecimal("enableVector", digits: 8),
      .hexadecimal("data", digits: 8),
    ]
  }
}
