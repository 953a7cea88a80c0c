// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// The host is itself a guest.
  static let iommuNested: Rule = Rule(
    id: "iommu.nested", consumers: [.bhyve],
    meaning: "Under another hypervisor an emulated VT-d announces caching mode. vmm(4) does not "
      + "handle it: FreeBSD before 15 panics when the first guest with a passed device starts.",
    decision: "The sysctl kern.vm_guest is set and not \"none\", and the firmware describes an "
      + "IOMMU or is not known not to.",
    source: "FreeBSD sys/amd64/vmm/intel/vtd.c, vtd_init (CAP.CM)"
  ) { context in
    guard !context.isBridgeOrChipset, context.host.iommu.isPresent != false,
      let hypervisor = context.host.freeBSD?.sysctl("kern.vm_guest"), hypervisor != "none"
    else { return [] }
    return [
      Rule.iommuNested.finding(
        .blocker, "the host is a guest itself (kern.vm_guest is \(hypervisor))",
        remedy: "do not start a guest with a passed device here: the host may panic")
    ]
  }
}
