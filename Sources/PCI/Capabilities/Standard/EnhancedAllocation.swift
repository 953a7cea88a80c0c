// SPDX-License-Identifier: Apache-2.0

/// The Enhanced Allocation capability, id 0x14: windows at fixed addresses.
///
/// PCI Express Base 6.0, section 7.8.5. A window here takes the place of a base
/// address register, which then reads zero.
public struct EnhancedAllocation: DecodedCapability {
  public static let kind = CapabilityKind(standard: 0x14, "ea", "Enhanced Allocation", size: 3)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  /// Num Entries.
  public static let entryCount = Register(2, 1, "entryCount").number(0...5)
  /// Fixed Secondary Bus Number; of a type 1 header.
  public static let fixedSecondaryBus = Register(4, 1, "fixedSecondaryBus", if: isBridge).number()
  /// Fixed Subordinate Bus Number; of a type 1 header.
  public static let fixedSubordinateBus = Register(5, 1, "fixedSubordinateBus", if: isBridge)
    .number()

  /// The fields before the entries, in register order.
  public static let layout = RegisterLayout([entryCount, fixedSecondaryBus, fixedSubordinateBus])

  private static func isBridge(_ registers: RegisterBytes) -> Bool {
    registers.space.headerType == .bridge
  }

  /// The entries that were read, up to the count of them.
  private static func entries(_ registers: RegisterBytes) -> [EnhancedAllocationEntry] {
    var entries: [EnhancedAllocationEntry] = []
    var next = isBridge(registers) ? 8 : 4
    for _ in 0..<Int(registers[entryCount] ?? 0) {
      let bytes = registers.advanced(by: next)
      guard EnhancedAllocationEntry.isComplete(bytes) else { break }
      let entry = EnhancedAllocationEntry(registers: bytes)
      entries.append(entry)
      next += entry.byteCount
    }
    return entries
  }

  /// Whether the bus numbers of a bridge and all entries were read.
  public static func isComplete(_ registers: RegisterBytes) -> Bool {
    registers.holds(isBridge(registers) ? 6 : kind.size)
      && entries(registers).count == Int(registers[entryCount] ?? 0)
  }

  /// Num Entries.
  public var entryCount: UInt8 { bits(Self.entryCount) }
  /// The entries, as many as the count says.
  public var entries: [EnhancedAllocationEntry] { Self.entries(registers) }

  public var fields: [Field] { Self.layout.fields(registers) + entries.fields("entries") }

  public static var fieldNames: [String] {
    layout.names + [EnhancedAllocationEntry].fieldNames("entries")
  }
}
