// SPDX-License-Identifier: Apache-2.0

/// The registers of the Non-CXL Function Map DVSEC, DVSEC id 2.
///
/// Compute Express Link 3.0, section 8.1.4.
public struct ComputeExpressLinkFunctionMap: DecodedCapability {
  /// The start of its dotted field names, `dvsec`.
  public static var shortName: String { "dvsec" }
  /// The specification's name.
  public static var title: String { "Non-CXL Function Map" }

  /// Non-CXL Function Map Register 0 at +0xc: bit n is device n of function 0.
  public let map0: UInt32
  /// Non-CXL Function Map Register 1 at +0x10.
  public let map1: UInt32
  /// Non-CXL Function Map Register 2 at +0x14.
  public let map2: UInt32
  /// Non-CXL Function Map Register 3 at +0x18.
  public let map3: UInt32
  /// Non-CXL Function Map Register 4 at +0x1c.
  public let map4: UInt32
  /// Non-CXL Function Map Register 5 at +0x20.
  public let map5: UInt32
  /// Non-CXL Function Map Register 6 at +0x24.
  public let map6: UInt32
  /// Non-CXL Function Map Register 7 at +0x28.
  public let map7: UInt32

  /// Decodes the registers, 44 bytes.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let map0 = space.doubleWord(at: offset + 0xc),
      let map1 = space.doubleWord(at: offset + 0x10),
      let map2 = space.doubleWord(at: offset + 0x14),
      let map3 = space.doubleWord(at: offset + 0x18),
      let map4 = space.doubleWord(at: offset + 0x1c),
      let map5 = space.doubleWord(at: offset + 0x20),
      let map6 = space.doubleWord(at: offset + 0x24),
      let map7 = space.doubleWord(at: offset + 0x28)
    else { return nil }
    self.map0 = map0
    self.map1 = map1
    self.map2 = map2
    self.map3 = map3
    self.map4 = map4
    self.map5 = map5
    self.map6 = map6
    self.map7 = map7
  }

  /// Every field, in register order.
  public var fields: [Field] {
    Self.tables.fields([
      UInt64(map0), UInt64(map1), UInt64(map2), UInt64(map3), UInt64(map4), UInt64(map5),
      UInt64(map6), UInt64(map7),
    ])
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { Self.tables.names }

  private static var tables: [RegisterTable] {
    [
      .hexadecimal("map0", digits: 8),
      .hexadecimal("map1", digits: 8),
      .hexadecimal("map2", digits: 8),
      .hexadecimal("map3", digits: 8),
      .hexadecimal("map4", digits: 8),
      .hexadecimal("map5", digits: 8),
      .hexadecimal("map6", digits: 8),
      .hexadecimal("map7", digits: 8),
    ]
  }
}
