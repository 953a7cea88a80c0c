// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Machine {
  /// Records which kernel runs.
  mutating func readKernel(_ tree: borrowing SystemTree, release: String?) {
    system.architecture =
      tree.isLive
      ? machineArchitecture()
      : tree.start("version", limit: 4096).flatMap {
        OperatingSystem.architecture(ofKernel: displayText($0))
      }
    if let release {
      system.release = release
    } else {
      gaps.append(
        Gap(
          .host, "system.release", reason: "no proc/version beside the tree",
          remedy: "record /proc/version too"))
    }
  }

  /// Reads what sysfs and procfs tell of a Linux host besides its functions.
  ///
  /// `regions` were read with the functions, in no order and perhaps more than once.
  /// The order of the functions is read where groups may have to be predicted from it,
  /// or else if `readsOrder`.
  mutating func readLinuxFacts(
    _ tree: borrowing SystemTree, tables: [String]?, regions: [ReservedRegion], readsOrder: Bool
  ) {
    var facts = LinuxFacts()
    facts.commandLine = tree.bytes("cmdline").map { bytes in
      displayText(bytes.prefix { $0 != 0x0a && $0 != 0 })
    }
    facts.acpiTables = tables?.filter { $0 != "data" && $0 != "dynamic" }
    facts.modules = tree.words("modules")?.compactMap { $0.first }.sorted()
    if readsOrder || iommu.isEnabled != false || iommu.isPresent != false {
      facts.deviceOrder = tree.bytes("bus/pci/devices").map(Self.deviceOrder)
    }
    // Two threads may have met one group.
    for region in regions.sorted(by: Self.precedes)
    where facts.reservedRegions.last != region { facts.reservedRegions.append(region) }
    if iommu.isEnabled != nil { facts.$reservedRegions.record() }
    linux = facts
    if !tree.hasProcfs {
      gaps.append(
        Gap(
          .host, "linux",
          reason: "no proc beside the tree: command line, modules and what the "
            + "host depends on are not known", remedy: "record /proc too"))
    }
  }

  /// The requester ids that the lines of `/proc/bus/pci/devices` start with.
  ///
  /// The first word is bus and devfn, four digits (drivers/pci/proc.c, `show_device`).
  private static func deviceOrder(_ table: [UInt8]) -> [UInt16] {
    let bytes = table.span
    var order: [UInt16] = []
    var start = 0
    while start < bytes.count {
      let end = bytes.lineEnd(from: start)
      var position = start
      if let number = bytes.hexadecimal(&position), position - start == 4,
        position == end || bytes[position] == 0x20 || bytes[position] == 0x09
      {
        order.append(UInt16(truncatingIfNeeded: number))
      }
      start = end + 1
    }
    return order
  }

  private static func precedes(_ left: ReservedRegion, _ right: ReservedRegion) -> Bool {
    (left.group, left.start, left.end, left.type) < (
      right.group, right.start, right.end, right.type
    )
  }
}
