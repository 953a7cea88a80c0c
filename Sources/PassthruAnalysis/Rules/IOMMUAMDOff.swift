// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// AMD-Vi is off unless a tunable turns it on.
  static let iommuAMDOff: Rule = Rule(
    id: "iommu.amd-off", consumers: [.bhyve],
    meaning: "FreeBSD uses AMD-Vi only where a loader tunable says so. Without it bhyve stops "
      + "with a line that names the tunable.",
    decision: "The sysctl hw.vmm.amdvi.enable is 0 on a machine whose IOMMU is AMD's, or that "
      + "counts AMD-Vi units in hw.vmm.amdvi.count.",
    source: "FreeBSD sys/amd64/vmm/amd/amdvi_hw.c, amdvi_init"
  ) { context in
    let isAMD = context.host.iommu.kind == .amd || (context.sysctl("hw.vmm.amdvi.count") ?? 0) > 0
    guard !context.isBridgeOrChipset, isAMD, context.sysctl("hw.vmm.amdvi.enable") == 0 else {
      return []
    }
    return [
      Rule.iommuAMDOff.finding(
        .blocker, "the machine has AMD-Vi and hw.vmm.amdvi.enable is 0",
        remedy: "put hw.vmm.amdvi.enable=\"1\" into /boot/loader.conf and reboot",
        resolution: .change)
    ]
  }
}
