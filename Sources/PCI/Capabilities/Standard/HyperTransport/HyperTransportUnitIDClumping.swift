// SPDX-License-Identifier: Apache-2.0

/// The HyperTransport UnitID clumping block.
///
/// HyperTransport I/O Link 3.10, chapter 7.
public struct HyperTransportUnitIDClumping: DecodedCapability {
  /// The start of its dotted field names, `ht`.
  public static var shortName: String { "ht" }
  /// The specification's name.
  public static var title: String { "HyperTransport" }

  /// Clumping Support at +4.
  public let clumpingSupport: UInt32
  /// Clumping Enable at +8.
  public let clumpingEnable: UInt32

  /// Decodes the registers, 12 bytes.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let clumpingSupport = space.doubleWord(at: offset + 4),
      let clumpingEnable = space.doubleWord(at: offset + 8)
    else { return nil }
    self.clumpingSupport = clumpingSupport
    self.clumpingEnable = clumpingEnable
  }

  /// Every field, in register order.
  public var fields: [Field] {
    Self.tables.fields([UInt64(clumpingSupport), UInt64(clumpingEnable)])
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { Self.tables.names }

  private static var tables: [RegisterTable] {
    [
      .hexadecimal("clumpingSupport", digits: 8),
      .hexadecimal("clumpingEnable", digits: 8),
    ]
  }
}
