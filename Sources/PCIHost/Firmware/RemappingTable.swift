// SPDX-License-Identifier: Apache-2.0

/// What the firmware's table of IOMMUs says.
///
/// Intel: DMAR, Virtualization Technology for Directed I/O 4.1, section 8.1.
/// AMD: IVRS, I/O Virtualization Technology 3.08, section 5.2.2.
public struct RemappingTable: Hashable, Sendable {
  /// How many remapping units there are: DRHD structures, or IVHD blocks by unit.
  public var unitCount: Int
  /// Whether the first structure of a DMAR is a DRHD.
  ///
  /// FreeBSD's vmm stops reading the table at the first structure that is
  /// none (sys/amd64/vmm/intel/vtd.c, `vtd_init`).
  public var startsWithUnit: Bool
  /// The units and the reserved memory of a DMAR; `nil` for an IVRS.
  public var facts: RemappingFacts?

  /// The length of the common header with the fields after it.
  private static let fixedLength = 48

  /// One structure of a table.
  private struct Structure {
    var type: UInt16
    var start: Int
    var end: Int
  }

  /// Reads a DMAR table; `nil` where its structures do not fit.
  public init?(dmar table: [UInt8]) {
    guard let structures = Self.structures(table, lengthIsAt: 2, typeBytes: 2) else { return nil }
    var facts = RemappingFacts(
      leadingUnits: structures.prefix { $0.type == 0 }.count)
    for structure in structures {
      switch structure.type {
      case 0:
        guard let scopes = Self.scopes(table, structure.start + 16, structure.end) else {
          return nil
        }
        facts.units.append(
          RemappingFacts.Unit(
            domain: UInt32(Self.number(table, structure.start + 6, 2)),
            servesRest: table[structure.start + 4] & 1 != 0, scopes: scopes))
      case 1:
        guard let scopes = Self.scopes(table, structure.start + 24, structure.end) else {
          return nil
        }
        facts.reservedMemory.append(
          RemappingFacts.ReservedMemory(
            domain: UInt32(Self.number(table, structure.start + 6, 2)),
            start: Self.number(table, structure.start + 8, 8),
            end: Self.number(table, structure.start + 16, 8), scopes: scopes))
      default: break
      }
    }
    unitCount = facts.units.count
    startsWithUnit = facts.leadingUnits > 0
    self.facts = facts
  }

  /// Reads an IVRS table; `nil` where its structures do not fit.
  ///
  /// One unit can have several blocks, of types 0x10, 0x11 and 0x40: they share
  /// the device id at offset 4.
  public init?(ivrs table: [UInt8]) {
    guard let blocks = Self.structures(table, lengthIsAt: 2, typeBytes: 1) else { return nil }
    var units = Set<UInt16>()
    for block in blocks where block.type == 0x10 || block.type == 0x11 || block.type == 0x40 {
      guard block.start + 6 <= table.count else { return nil }
      units.insert(UInt16(truncatingIfNeeded: Self.number(table, block.start + 4, 2)))
    }
    unitCount = units.count
    startsWithUnit = !units.isEmpty
  }

  private static func structures(
    _ table: [UInt8], lengthIsAt lengthOffset: Int, typeBytes: Int
  ) -> [Structure]? {
    guard table.count >= fixedLength else { return nil }
    var found: [Structure] = []
    var offset = fixedLength
    while offset < table.count {
      guard offset + 4 <= table.count else { return nil }
      let type = UInt16(truncatingIfNeeded: number(table, offset, typeBytes))
      let length = Int(number(table, offset + lengthOffset, 2))
      guard length >= 4, length <= table.count - offset else { return nil }
      found.append(Structure(type: type, start: offset, end: offset + length))
      offset += length
    }
    return found
  }

  /// Reads device scopes up to the end of their structure; `nil` where they do not fit.
  ///
  /// Type, length, two bytes of flags, enumeration id, bus, and two bytes for
  /// each step (section 8.3.1).
  private static func scopes(_ table: [UInt8], _ start: Int, _ end: Int) -> [DeviceScope]? {
    guard start <= end else { return nil }
    var scopes: [DeviceScope] = []
    var offset = start
    while offset < end {
      guard offset + 6 <= end else { return nil }
      let length = Int(table[offset + 1])
      guard length >= 6, length <= end - offset else { return nil }
      var path: [UInt8] = []
      var step = offset + 6
      while step + 1 < offset + length {
        path.append(table[step] << 3 | (table[step + 1] & 7))
        step += 2
      }
      scopes.append(DeviceScope(kind: table[offset], bus: table[offset + 5], path: path))
      offset += length
    }
    return scopes
  }

  /// A little-endian number; bytes beyond the table count as 0.
  private static func number(_ table: [UInt8], _ offset: Int, _ count: Int) -> UInt64 {
    var number: UInt64 = 0
    for place in (0..<count).reversed() {
      let byte = offset + place < table.count ? table[offset + place] : 0
      number = number << 8 | UInt64(byte)
    }
    return number
  }
}
