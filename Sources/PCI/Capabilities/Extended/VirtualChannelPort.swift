// SPDX-License-Identifier: Apache-2.0

/// The port registers and the channels of a Virtual Channel capability.
///
/// PCI Express Base 6.0, sections 7.9.1.2 to 7.9.1.5.
public struct VirtualChannelPort: RegisterBlock {
  public let registers: RegisterBytes

  /// Port VC Capability 1.
  public enum Capability1: RegisterFields {
    static let itself = Register(4, 4, "capability1")
    /// Extended VC Count: the channels besides channel 0.
    public static let extendedChannelCount = number(0...2, "extendedChannelCount")
    /// Low Priority Extended VC Count.
    public static let lowPriorityChannelCount = number(4...6, "lowPriorityChannelCount")
    public static let referenceClock = names(8...9, "referenceClock", ["100 ns"])
    public static let arbitrationEntrySize = power(
      10...11, "arbitrationEntrySize", base: 1, unit: "bits")
    static let fields = [
      extendedChannelCount, lowPriorityChannelCount, referenceClock, arbitrationEntrySize,
    ]
  }

  /// Port VC Capability 2.
  public enum Capability2: RegisterFields {
    static let itself = Register(8, 4, "capability2")
    public static let arbitration = hexadecimal(0...7, "arbitration", digits: 2)
    public static let arbitrationTableOffset = number(
      24...31, "arbitrationTableOffset", shift: 4, unit: "bytes")
    static let fields = [arbitration, arbitrationTableOffset]
  }

  public enum Control: RegisterFields {
    static let itself = Register(0xc, 2, "control")
    public static let loadArbitrationTable = flag(0, "loadArbitrationTable")
    public static let arbitrationSelect = number(1...3, "arbitrationSelect")
    static let fields = [loadArbitrationTable, arbitrationSelect]
  }

  public enum Status: RegisterFields {
    static let itself = Register(0xe, 2, "status")
    public static let arbitrationTableStatus = flag(0, "arbitrationTableStatus")
    static let fields = [arbitrationTableStatus]
  }

  /// The fields of the port's registers, in register order.
  public static let layout = RegisterLayout(registers: [
    Capability1.fields, Capability2.fields, Control.fields, Status.fields,
  ])

  private static func channelCount(_ registers: RegisterBytes) -> Int {
    Int(registers[Capability1.extendedChannelCount] ?? 0) + 1
  }

  /// Whether the registers of all channels were read, as far as their status.
  static func isComplete(_ registers: RegisterBytes) -> Bool {
    registers.holds(0x10) && registers.holds(0x10 + 12 * channelCount(registers))
  }

  /// The channels, channel 0 first.
  public var resources: [VirtualChannelResource] {
    let entryBits = 1 << (self[Capability1.arbitrationEntrySize] ?? 0)
    return (0..<Self.channelCount(registers)).map {
      VirtualChannelResource($0, of: registers, entryBits: Int(entryBits))
    }
  }

  /// The VC arbitration table, where one is in use and it was read.
  public var arbitrationTable: [UInt8]? {
    let select = Int(self[Control.arbitrationSelect] ?? 0)
    let table = Int(self[Capability2.arbitrationTableOffset] ?? 0) * 16
    // Selections 1 to 3 are 32, 64 and 128 phases of four bits.
    guard table > 0, (1...3).contains(select), registers.holds(table + 8 << select) else {
      return nil
    }
    return registers.bytes(table..<table + 8 << select)
  }

  public var fields: [Field] {
    let table = arbitrationTable.map { [Field("arbitrationTable", bytes: $0)] } ?? []
    return Self.layout.fields(registers) + table + resources.fields("resources")
  }

  public static var fieldNames: [String] {
    layout.names + ["arbitrationTable"] + [VirtualChannelResource].fieldNames("resources")
  }
}
