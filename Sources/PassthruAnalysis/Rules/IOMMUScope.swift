// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// A function is in the scope of no remapping unit.
  static let iommuScope: Rule = Rule(
    id: "iommu.scope", consumers: [.bhyve],
    meaning: "With the first guest that is given a device vmm(4) puts every function under VT-d. "
      + "A function that no unit serves makes older releases panic, and 14.3 and 15 give up, so "
      + "that no guest gets any device.",
    decision: "No unit at the start of the DMAR table serves the rest of the domain, and none "
      + "names the bus, device and function. Bridges in a scope do not stand for what is behind "
      + "them.",
    source: "FreeBSD sys/amd64/vmm/intel/vtd.c, vtd_device_scope and vtd_add_device; review D49629"
  ) { context in
    let uncovered = context.tables.survey.scopes.uncovered
    guard !context.isBridgeOrChipset, !uncovered.isEmpty else { return [] }
    let isOwn = context.tables.survey.scopes.isUncovered(context.index)
    return [
      Rule.iommuScope.finding(
        .blocker,
        isOwn
          ? "no remapping unit of the firmware's table DMAR serves it"
          : "no remapping unit of the firmware's table DMAR serves "
            + listed(uncovered, for: .bhyve),
        remedy: "update the firmware; do not start a guest with a passed device here: the host "
          + "may panic", related: isOwn ? [] : Array(uncovered.prefix(8)))
    ]
  }
}
