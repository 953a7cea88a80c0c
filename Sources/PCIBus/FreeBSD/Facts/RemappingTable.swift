// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// What the firmware's table of IOMMUs says.
///
/// Intel: DMAR, Virtualization Technology for Directed I/O 4.1, section 8.1.
/// AMD: IVRS, I/O Virtualization Technology 3.08, section 5.2.2.
struct RemappingTable: Hashable {
  /// How many remapping units there are: DRHD structures, or IVHD blocks by unit.
  var unitCount: Int
  /// Whether the first structure of a DMAR is a DRHD.
  ///
  /// FreeBSD's vmm stops reading the table at the first structure that is
  /// none (sys/amd64/vmm/intel/vtd.c, `vtd_init`).
  var startsWithUnit: Bool

  /// The length of the common header with the fields after it.
  private static let fixedLength = 48

  /// Reads a DMAR table; `nil` where its structures do not fit.
  init?(dmar table: [UInt8]) {
    guard let types = Self.structures(table, lengthIsAt: 2, typeBytes: 2) else { return nil }
    unitCount = types.count { $0.type == 0 }
    startsWithUnit = types.first?.type == 0
  }

  /// Reads an IVRS table; `nil` where its structures do not fit.
  ///
  /// One unit can have several blocks, of types 0x10, 0x11 and 0x40: they share
  /// the device id at offset 4.
  init?(ivrs table: [UInt8]) {
    guard let types = Self.structures(table, lengthIsAt: 2, typeBytes: 1) else { return nil }
    var units = Set<UInt16>()
    for block in types where block.type == 0x10 || block.type == 0x11 || block.type == 0x40 {
      guard block.start + 6 <= table.count else { return nil }
      units.insert(UInt16(table[block.start + 4]) | UInt16(table[block.start + 5]) << 8)
    }
    unitCount = units.count
    startsWithUnit = !units.isEmpty
  }

  private static func structures(
    _ table: [UInt8], lengthIsAt lengthOffset: Int, typeBytes: Int
  ) -> [(type: UInt16, start: Int)]? {
    guard table.count >= fixedLength else { return nil }
    var found: [(type: UInt16, start: Int)] = []
    var offset = fixedLength
    while offset < table.count {
      guard offset + 4 <= table.count else { return nil }
      let type = UInt16(table[offset]) | (typeBytes == 2 ? UInt16(table[offset + 1]) << 8 : 0)
      let length = Int(table[offset + lengthOffset]) | Int(table[offset + lengthOffset + 1]) << 8
      guard length >= 4, length <= table.count - offset else { return nil }
      found.append((type, offset))
      offset += length
    }
    return found
  }
}
