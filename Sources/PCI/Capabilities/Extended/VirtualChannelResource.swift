// SPDX-License-Identifier: Apache-2.0

/// One virtual channel: its capability, control and status registers.
///
/// PCI Express Base 6.0, sections 7.9.1.6 to 7.9.1.8 and 7.9.2.6 to 7.9.2.8.
public struct VirtualChannelResource: RegisterBlock {
  public let registers: RegisterBytes
  /// The arbitration table, where the channel uses one and it was read.
  public let arbitrationTable: [UInt8]?

  public enum Capability: RegisterFields {
    static let itself = Register(0, 4, "capability")
    public static let arbitration = hexadecimal(0...7, "arbitration", digits: 2)
    public static let rejectSnoopTransactions = flag(15, "rejectSnoopTransactions")
    public static let maxTimeSlots = number(16...22, "maxTimeSlots", adding: 1)
    public static let arbitrationTableOffset = number(
      24...31, "arbitrationTableOffset", shift: 4, unit: "bytes")
    static let fields = [
      arbitration, rejectSnoopTransactions, maxTimeSlots, arbitrationTableOffset,
    ]
  }

  public enum Control: RegisterFields {
    static let itself = Register(4, 4, "control")
    /// TC/VC Map: bit n is traffic class n.
    public static let trafficClassMap = hexadecimal(0...7, "trafficClassMap", digits: 2)
    public static let loadArbitrationTable = flag(16, "loadArbitrationTable")
    public static let arbitrationSelect = number(17...19, "arbitrationSelect")
    public static let id = number(24...26, "id")
    public static let enable = flag(31, "enable")
    static let fields = [trafficClassMap, loadArbitrationTable, arbitrationSelect, id, enable]
  }

  public enum Status: RegisterFields {
    static let itself = Register(10, 2, "status")
    public static let arbitrationTableStatus = flag(0, "arbitrationTableStatus")
    public static let negotiationPending = flag(1, "negotiationPending")
    static let fields = [arbitrationTableStatus, negotiationPending]
  }

  public static let layout = RegisterLayout(registers: [
    Capability.fields, Control.fields, Status.fields,
  ])

  /// A channel of a capability whose registers are given, and the size of a table's entries.
  init(_ index: Int, of port: RegisterBytes, entryBits: Int) {
    let registers = port.advanced(by: 0x10 + 12 * index)
    self.registers = registers
    // Selections 1 to 5 of the arbiter use a table of this many phases.
    let phases =
      switch registers[Control.arbitrationSelect] {
      case 1: 32
      case 2: 64
      case 3, 4: 128
      case 5: 256
      default: 0
      }
    let table = Int(registers[Capability.arbitrationTableOffset] ?? 0) * 16
    let size = phases * entryBits / 8
    arbitrationTable =
      table > 0 && phases > 0 && port.holds(table + size) ? port.bytes(table..<table + size) : nil
  }

  public var fields: [Field] {
    let fields = Self.layout.fields(registers)
    guard let arbitrationTable else { return fields }
    return fields + [Field("arbitrationTable", bytes: arbitrationTable)]
  }

  public static var fieldNames: [String] { layout.names + ["arbitrationTable"] }
}
