// SPDX-License-Identifier: Apache-2.0

/// One virtual channel: its capability, control and status registers.
///
/// PCI Express Base 6.0, sections 7.9.1.6 to 7.9.1.8 and 7.9.2.6 to 7.9.2.8.
public struct VirtualChannelResource: Hashable, Sendable {
  /// VC Resource Capability.
  public let capability: UInt32
  /// VC Resource Control.
  public let control: UInt32
  /// VC Resource Status.
  public let status: UInt16
  /// The arbitration table, where the channel uses one and it was read.
  public let arbitrationTable: [UInt8]?

  /// VC ID.
  public var id: UInt8 { UInt8(control[bits: 24...26]) }
  /// VC Enable.
  public var isEnabled: Bool { control[bit: 31] }
  /// TC/VC Map: bit n is traffic class n.
  public var trafficClassMap: UInt8 { UInt8(control[bits: 0...7]) }
  /// VC Negotiation Pending.
  public var isNegotiationPending: Bool { status[bit: 1] }

  init?(
    _ space: ConfigurationSpace, at offset: Int, index: Int, entryBits: Int
  ) {
    let base = offset + 0x10 + 12 * index
    guard let capability = space.doubleWord(at: base),
      let control = space.doubleWord(at: base + 4), let status = space.word(at: base + 10)
    else { return nil }
    self.capability = capability
    self.control = control
    self.status = status
    // Selections 1 to 5 of the arbiter use a table of this many phases.
    let phases =
      switch control[bits: 17...19] {
      case 1: 32
      case 2: 64
      case 3, 4: 128
      case 5: 256
      default: 0
      }
    let table = Int(capability[bits: 24...31]) * 16
    arbitrationTable =
      table > 0 && phases > 0
      ? space.bytes(at: offset + table, count: phases * entryBits / 8) : nil
  }

  private static var tables: [RegisterTable] {
    [
      RegisterTable(
        "capability",
        [
          .hexadecimal(0...7, "arbitration", digits: 2),
          .flag(15, "rejectSnoopTransactions"),
          .number(16...22, "maxTimeSlots", adding: 1),
          .number(24...31, "arbitrationTableOffset", shift: 4, unit: "bytes"),
        ]),
      RegisterTable(
        "control",
        [
          .hexadecimal(0...7, "trafficClassMap", digits: 2),
          .flag(16, "loadArbitrationTable"),
          .number(17...19, "arbitrationSelect"),
          .number(24...26, "id"),
          .flag(31, "enable"),
        ]),
      RegisterTable(
        "status",
        [.flag(0, "arbitrationTableStatus"), .flag(1, "negotiationPending")]),
    ]
  }

  /// The fields under a prefix.
  func fields(prefix: String) -> [Field] {
    var fields = Self.tables.fields(
      [UInt64(capability), UInt64(control), UInt64(status)], prefix: prefix)
    if let arbitrationTable {
      fields.append(Field(prefix + "arbitrationTable", bytes: arbitrationTable))
    }
    return fields
  }

  static var fieldNames: [String] { tables.names + ["arbitrationTable"] }
}
