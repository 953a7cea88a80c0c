// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

/// Reads the reserved regions of IOMMU groups, each group's once.
///
/// One reader serves one thread, as a `FunctionReader` does: a host may have as
/// many groups as functions.
struct ReservedRegionReader {
  /// The regions of the groups asked for so far.
  private(set) var regions: [ReservedRegion] = []
  /// The groups whose regions could not be read.
  private(set) var unread: Set<Int> = []
  private var groups: Set<Int> = []
  private var buffer = ReadBuffer()
  private var path: [UInt8] = []

  /// Reads a group's regions from `kernel/iommu_groups`, unless that was done.
  mutating func read(_ group: Int, in directory: borrowing Directory) {
    guard groups.insert(group).inserted else { return }
    path.removeAll(keepingCapacity: true)
    path.append(contentsOf: String(group).utf8)
    path.append(contentsOf: "/reserved_regions".utf8)
    path.append(0)
    guard directory.read(terminatedPath: path, into: &buffer) == .read else {
      unread.insert(group)
      return
    }
    Self.append(buffer, of: group, to: &regions)
  }

  private static func append(
    _ buffer: borrowing ReadBuffer, of group: Int, to regions: inout [ReservedRegion]
  ) {
    let bytes = buffer.storage.span.extracting(first: buffer.count)
    var position = 0
    while position < bytes.count {
      let end = bytes.lineEnd(from: position)
      // "0x00000000fee00000 0x00000000feefffff msi" (drivers/iommu/iommu.c,
      // `iommu_group_show_resv_regions`).
      if let first = bytes.prefixedHexadecimal(&position), bytes.skip(0x20, &position),
        let last = bytes.prefixedHexadecimal(&position), bytes.skip(0x20, &position),
        position < end
      {
        let type = displayText(buffer.storage[position..<end].prefix { $0 > 0x20 })
        regions.append(ReservedRegion(group: group, start: first, end: last, type: type))
      }
      position = end + 1
    }
  }
}
