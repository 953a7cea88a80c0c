// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// FreeBSD resets the function by switching its power state.
  static let resetPower: Rule = Rule(
    id: "reset.power", consumers: [.bhyve],
    meaning: "Without Function Level Reset vmm(4) sends the device to D3hot and back. Most "
      + "devices forget their state on the way; some keep parts of it.",
    decision: "No Function Level Reset; Power Management with No_Soft_Reset clear.",
    source: "FreeBSD sys/amd64/vmm/io/ppt.c, ppt_pci_reset; sys/dev/pci/pci.c, pci_power_reset"
  ) { context in
    guard !context.isBridgeOrChipset, context.resetAbility == .power else { return [] }
    return [
      Rule.resetPower.finding(
        .advice, "it has no Function Level Reset and is reset through D3hot",
        remedy: "if the guest's second start fails, reboot the host")
    ]
  }
}
