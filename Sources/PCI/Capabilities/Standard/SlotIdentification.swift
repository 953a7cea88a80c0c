// SPDX-License-Identifier: Apache-2.0

/// The Slot Identification capability of a bridge to a chassis, id 0x04.
///
/// PCI-to-PCI Bridge Architecture 1.2, chapter 13.
public struct SlotIdentification: DecodedCapability {
  /// The start of its dotted field names, `slotid`.
  public static var shortName: String { "slotid" }
  /// The specification's name.
  public static var title: String { "Slot Identification" }

  /// Expansion Slot at +2.
  public let expansionSlot: UInt8
  /// Chassis Number at +3.
  public let chassisNumber: UInt8

  /// Decodes the registers, 4 bytes.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let expansionSlot = space.byte(at: offset + 2),
      let chassisNumber = space.byte(at: offset + 3)
    else { return nil }
    self.expansionSlot = expansionSlot
    self.chassisNumber = chassisNumber
  }

  /// Expansion slots provided on the secondary bus.
  public var slotsProvided: UInt8 { expansionSlot[bits: 0...4] }
  /// First In Chassis.
  public var isFirstInChassis: Bool { expansionSlot[bit: 5] }

  /// Every field, in register order.
  public var fields: [Field] {
    Self.tables.fields([UInt64(expansionSlot), UInt64(chassisNumber)])
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { Self.tables.names }

  private static var tables: [RegisterTable] {
    [
      RegisterTable(
        "expansionSlot",
        [
          .number(0...4, "slotsProvided"),
          .flag(5, "firstInChassis"),
        ]),
      RegisterTable(
        "chassisNumber",
        [
          .number(0...7, "")
        ]),
    ]
  }
}
