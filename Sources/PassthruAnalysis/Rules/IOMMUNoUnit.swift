// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// The firmware's table has no unit where vmm(4) looks.
  static let iommuNoUnit: Rule = Rule(
    id: "iommu.no-unit", consumers: [.bhyve],
    meaning: "vmm(4) reads the table DMAR up to the first structure that is not a remapping unit. "
      + "Where that is the first of all, it finds no VT-d although there is one.",
    decision: "The DMAR table does not start with a DRHD structure, and no loader variable "
      + "vtd.regmap.0.addr names a unit.",
    source: "FreeBSD sys/amd64/vmm/intel/vtd.c, vtd_init"
  ) { context in
    guard !context.isBridgeOrChipset, let remapping = context.host.remapping,
      remapping.leadingUnits <= 0, context.host.freeBSD?.environment("vtd.regmap.0.addr") == nil
    else { return [] }
    return [
      Rule.iommuNoUnit.finding(
        .blocker,
        remapping.units.isEmpty
          ? "the firmware's table DMAR has no remapping unit"
          : "the firmware's table DMAR does not start with a remapping unit",
        remedy: "update the firmware, or name the units' registers with vtd.regmap.0.addr in "
          + "/boot/loader.conf", resolution: .change)
    ]
  }
}
