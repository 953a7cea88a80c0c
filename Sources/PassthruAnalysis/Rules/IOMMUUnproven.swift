// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// FreeBSD has not tried its IOMMU since the boot.
  static let iommuUnproven: Rule = Rule(
    id: "iommu.unproven", consumers: [.bhyve],
    meaning: "vmm(4) sets the IOMMU up when the first guest with a passed device starts. Until "
      + "then nothing proves that it works, and nothing speaks against it either.",
    decision: "The sysctl hw.vmm.iommu.initialized is 0; 1 is proof.",
    source: "FreeBSD r304858; sys/amd64/vmm/io/iommu.c, iommu_create_domain"
  ) { context in
    guard !context.isBridgeOrChipset, context.sysctl("hw.vmm.iommu.initialized") == 0 else {
      return []
    }
    return [
      Rule.iommuUnproven.finding(
        .advice, "hw.vmm.iommu.initialized is 0: no guest with a passed device ran since the boot",
        remedy: "look again after the first start; if it stays 0, the IOMMU failed: dmesg")
    ]
  }
}
