// SPDX-License-Identifier: Apache-2.0

/// The Enhanced Allocation capability, id 0x14: windows at fixed addresses.
///
/// PCI Express Base 6.0, section 7.8.5. A window here takes the place of a base
/// address register, which then reads zero.
public struct EnhancedAllocation: DecodedCapability {
  /// The start of its dotted field names, `ea`.
  public static var shortName: String { "ea" }
  /// The specification's name.
  public static var title: String { "Enhanced Allocation" }

  /// Num Entries, bits 5:0 of +2.
  public let entryCount: UInt8
  /// Fixed Secondary Bus Number; `nil` but for a type 1 header.
  public let fixedSecondaryBus: UInt8?
  /// Fixed Subordinate Bus Number; `nil` but for a type 1 header.
  public let fixedSubordinateBus: UInt8?
  /// The entries, as many as the count says.
  public let entries: [EnhancedAllocationEntry]

  /// Decodes the registers: 4 bytes, 8 in a type 1 header, and the entries.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let count = space.byte(at: offset + 2) else { return nil }
    entryCount = count & 0x3f
    var next = offset + 4
    if space.headerType == .bridge {
      guard let buses = space.word(at: next) else { return nil }
      fixedSecondaryBus = UInt8(buses & 0xff)
      fixedSubordinateBus = UInt8(buses >> 8)
      next += 4
    } else {
      fixedSecondaryBus = nil
      fixedSubordinateBus = nil
    }
    var entries: [EnhancedAllocationEntry] = []
    for _ in 0..<entryCount {
      guard let entry = EnhancedAllocationEntry(space, at: next) else { return nil }
      entries.append(entry)
      next += entry.byteCount
    }
    self.entries = entries
  }

  /// Every field, in register order.
  public var fields: [Field] {
    var fields = [Field("entryCount", entryCount)]
    if let fixedSecondaryBus { fields.append(Field("fixedSecondaryBus", fixedSecondaryBus)) }
    if let fixedSubordinateBus {
      fields.append(Field("fixedSubordinateBus", fixedSubordinateBus))
    }
    for (index, entry) in entries.enumerated() {
      fields += entry.fields(prefix: "entries.\(index).")
    }
    return fields
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] {
    ["entryCount", "fixedSecondaryBus", "fixedSubordinateBus"]
      + EnhancedAllocationEntry.fieldNames.map { "entries.N." + $0 }
  }
}
