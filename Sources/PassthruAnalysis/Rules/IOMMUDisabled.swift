// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// A tunable keeps vmm(4) from using the IOMMU.
  static let iommuDisabled: Rule = Rule(
    id: "iommu.disabled", consumers: [.bhyve],
    meaning: "The loader tunable hw.vmm.iommu.enable keeps vmm(4) from using VT-d or AMD-Vi. "
      + "Every guest with a passed device then fails to start, with a message that blames the "
      + "driver.",
    decision: "The sysctl hw.vmm.iommu.enable is 0.",
    source: "FreeBSD sys/amd64/vmm/io/iommu.c"
  ) { context in
    guard !context.isBridgeOrChipset, context.sysctl("hw.vmm.iommu.enable") == 0 else { return [] }
    return [
      Rule.iommuDisabled.finding(
        .blocker, "hw.vmm.iommu.enable is 0",
        remedy: "take hw.vmm.iommu.enable=0 out of "
          + "/boot/loader.conf and reboot", resolution: .change)
    ]
  }
}
