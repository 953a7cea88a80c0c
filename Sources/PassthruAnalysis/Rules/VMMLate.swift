// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// vmm(4) came too late for pptdevs.
  static let vmmLate: Rule = Rule(
    id: "vmm.late", consumers: [.bhyve],
    meaning: "pptdevs works only where the boot loader loads vmm. Loaded later, by kld_list or by "
      + "hand, it finds the devices taken by the host's drivers.",
    decision: "vmm is loaded, the kernel environment has pptdevs, and it has no vmm_load=YES.",
    source: "FreeBSD vmm(4)"
  ) { context in
    guard !context.isBridgeOrChipset, context.tables.survey.hasLateVMM else { return [] }
    return [
      Rule.vmmLate.finding(
        .risk, "pptdevs is set and the boot loader does not load vmm",
        remedy: "put vmm_load=\"YES\" into /boot/loader.conf and vmm out of kld_list, and reboot")
    ]
  }
}
