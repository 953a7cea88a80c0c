// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// The kernel is locked down.
  static let kernelLockdown: Rule = Rule(
    id: "kernel.lockdown", consumers: [.vfio],
    meaning: "A kernel that is locked down refuses writes to configuration space and mapping of "
      + "BARs through sysfs, for root too. vfio works all the same; setpci and tools that "
      + "poke at devices do not.",
    decision: "/sys/kernel/security/lockdown names integrity or confidentiality.",
    source: "Linux drivers/pci/pci-sysfs.c, pci_write_config (LOCKDOWN_PCI_ACCESS)"
  ) { context in
    guard !context.isBridgeOrChipset, let lockdown = context.tables.survey.use.lockdown else {
      return []
    }
    return [
      Rule.kernelLockdown.finding(
        .advice, "the kernel is locked down (\(lockdown))",
        remedy: "nothing for passing the device; to use setpci, switch Secure Boot off")
    ]
  }
}
