// SPDX-License-Identifier: Apache-2.0

/// The Power Budgeting capability, extended id 0x0004.
///
/// PCI Express Base 6.0, section 7.8.1.
public struct PowerBudgeting: DecodedCapability {
  /// The start of its dotted field names, `powerbudget`.
  public static var shortName: String { "powerbudget" }
  /// The specification's name.
  public static var title: String { "Power Budgeting" }

  /// Power Budgeting Data Select at +4.
  public let dataSelect: UInt8
  /// Power Budgeting Data at +8.
  public let data: UInt32
  /// Power Budgeting Capability at +0xc.
  public let capability: UInt8

  /// Decodes the registers, 13 bytes.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let dataSelect = space.byte(at: offset + 4),
      let data = space.doubleWord(at: offset + 8),
      let capability = space.byte(at: offset + 0xc)
    else { return nil }
    self.dataSelect = dataSelect
    self.data = data
    self.capability = capability
  }

  /// Base Power, before the scale.
  public var basePower: UInt32 { data[bits: 0...7] }
  /// Data Scale, as a code.
  public var dataScale: UInt32 { data[bits: 8...9] }
  /// PM Sub State.
  public var pmSubState: UInt32 { data[bits: 10...12] }
  /// PM State, as a code.
  public var pmState: UInt32 { data[bits: 13...14] }
  /// Type of operation, as a code.
  public var type: UInt32 { data[bits: 15...17] }
  /// Power Rail, as a code.
  public var powerRail: UInt32 { data[bits: 18...20] }

  /// System Allocated: the power is part of the system's budget.
  public var isSystemAllocated: Bool { capability[bit: 0] }

  /// Every field, in register order.
  public var fields: [Field] {
    Self.tables.fields([UInt64(dataSelect), UInt64(data), UInt64(capability)])
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { Self.tables.names }

  private static var tables: [RegisterTable] {
    [
      RegisterTable(
        "dataSelect",
        [
          .number(0...7, "")
        ]),
      RegisterTable(
        "data",
        [
          .number(0...7, "basePower"),
          .names(8...9, "dataScale", ["1x", "0.1x", "0.01x", "0.001x"]),
          .number(10...12, "pmSubState"),
          .names(13...14, "pmState", ["D0", "D1", "D2", "D3"]),
          .names(
            15...17, "type",
            [
              "PME Aux", "auxiliary", "idle", "sustained", "sustained, emergency",
              "maximum, emergency", "reserved", "maximum",
            ]),
          .names(
            18...20, "powerRail",
            ["12 V", "3.3 V", "1.5 or 1.8 V", "reserved", "48 V", "5 V", "reserved", "thermal"]),
        ]),
      RegisterTable(
        "capability",
        [
          .flag(0, "systemAllocated")
        ]),
    ]
  }
}
