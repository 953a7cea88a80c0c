// SPDX-License-Identifier: Apache-2.0

/// The Secondary PCI Express capability, extended id 0x0019.
///
/// PCI Express Base 6.0, section 7.7.3.
public struct SecondaryPCIExpress: DecodedCapability {
  /// The start of its dotted field names, `secpcie`.
  public static var shortName: String { "secpcie" }
  /// The specification's name.
  public static var title: String { "Secondary PCI Express" }

  /// Link Control 3 at +4.
  public let linkControl3: UInt32
  /// Lane Error Status at +8: bit n is lane n.
  public let laneErrorStatus: UInt32
  /// Lane Equalization Control of each lane, from +0xc.
  public let laneEqualization: [UInt16]

  /// Decodes the registers, 12 bytes or more.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let linkControl3 = space.doubleWord(at: offset + 4),
      let laneErrorStatus = space.doubleWord(at: offset + 8),
      let laneEqualization = space.words(at: offset + 0xc, count: space.linkLaneCount)
    else { return nil }
    self.linkControl3 = linkControl3
    self.laneErrorStatus = laneErrorStatus
    self.laneEqualization = laneEqualization
  }

  /// Perform Equalization.
  public var performsEqualization: Bool { linkControl3[bit: 0] }
  /// Link Equalization Request Interrupt Enable.
  public var isEqualizationRequestInterruptEnabled: Bool { linkControl3[bit: 1] }
  /// Enable Lower SKP OS Generation Vector.
  public var lowerSKPGeneration: UInt32 { linkControl3[bits: 9...15] }

  /// Every field, in register order.
  public var fields: [Field] {
    Self.tables.fields([UInt64(linkControl3), UInt64(laneErrorStatus)])
      + Field.lanes(laneEqualization, digits: 4)
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { Self.tables.names + ["laneEqualization.N"] }

  private static var tables: [RegisterTable] {
    [
      RegisterTable(
        "linkControl3",
        [
          .flag(0, "performEqualization"),
          .flag(1, "equalizationRequestInterruptEnable"),
          .hexadecimal(9...15, "lowerSKPGeneration", digits: 2),
        ]),
      .hexadecimal("laneErrorStatus", digits: 8),
    ]
  }
}
