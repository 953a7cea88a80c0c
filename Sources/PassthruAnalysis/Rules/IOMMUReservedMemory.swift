// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// The firmware uses memory through the device.
  static let iommuReservedMemory: Rule = Rule(
    id: "iommu.reserved-memory", consumers: [.bhyve],
    meaning: "The firmware uses the device behind the system's back (USB keyboards, management "
      + "controllers, integrated graphics) and wants a piece of memory mapped for that. vmm(4) "
      + "maps none: such accesses fail, and the device, or the firmware, may hang.",
    decision: "An RMRR structure of the DMAR table names the function, or a bridge above it.",
    source: "Intel Virtualization Technology for Directed I/O 4.1, section 8.4; FreeBSD "
      + "sys/amd64/vmm/intel/vtd.c, which reads no RMRR"
  ) { context in
    guard !context.isBridgeOrChipset, let memory = context.reservedMemory else { return [] }
    return [
      Rule.iommuReservedMemory.finding(
        .risk,
        "the firmware wants 0x\(hexadecimal(memory.start)) to 0x\(hexadecimal(memory.end)) mapped "
          + "for it",
        remedy: "choose another device, or switch off what the firmware does with it (legacy "
          + "USB, shared management port)")
    ]
  }
}
