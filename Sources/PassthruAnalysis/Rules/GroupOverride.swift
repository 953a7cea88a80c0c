// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// The kernel was told to believe in isolation.
  static let groupOverride: Rule = Rule(
    id: "group.override", consumers: [.vfio],
    meaning: "pcie_acs_override, an option of patched kernels, makes the kernel report groups "
      + "that nothing enforces. A guest's device may reach the memory of the host's devices "
      + "and of other guests.",
    decision: "The kernel's command line has pcie_acs_override=.",
    source: "out-of-tree patch of Proxmox, linux-zen and others; it is not in Linux"
  ) { context in
    guard !context.isBridgeOrChipset, context.tables.survey.groupsAreFictional else { return [] }
    return [
      Rule.groupOverride.finding(
        .risk, "pcie_acs_override is on the command line: the groups are asserted, not enforced",
        remedy: "boot without it to see the groups that the hardware keeps apart "
          + "(passthru groups predicts them)")
    ]
  }
}
