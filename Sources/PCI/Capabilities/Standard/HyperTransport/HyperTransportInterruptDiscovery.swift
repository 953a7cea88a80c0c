// SPDX-License-Identifier: Apache-2.0

/// The HyperTransport interrupt discovery and configuration block.
///
/// HyperTransport I/O Link 3.10, chapter 7.
public struct HyperTransportInterruptDiscovery: DecodedCapability {
  /// The start of its dotted field names, `ht`.
  public static var shortName: String { "ht" }
  /// The specification's name.
  public static var title: String { "HyperTransport" }

  /// Index at +2.
  public let index: UInt8
  /// Dataport at +4.
  public let dataPort: UInt32

  /// Decodes the registers, 8 bytes.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let index = space.byte(at: offset + 2),
      let dataPort = space.doubleWord(at: offset + 4)
    else { return nil }
    self.index = index
    self.dataPort = dataPort
  }

  /// Every field, in register order.
  public var fields: [Field] {
    Self.tables.fields([UInt64(index), UInt64(dataPort)])
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { Self.tables.names }

  private static var tables: [RegisterTable] {
    [
      .hexadecimal("index", digits: 2),
      .hexadecimal("dataPort", digits: 8),
    ]
  }
}
