// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// Nothing resets the function between two guests.
  static let resetNone: Rule = Rule(
    id: "reset.none", consumers: [.vfio, .bhyve],
    meaning: "A device that nothing resets goes to its next user in the state in which the last "
      + "guest left it. Often the guest's second start fails until the host is rebooted.",
    decision: "Linux: the function has no reset attribute, and no bus of its own that could be "
      + "reset. FreeBSD: no Function Level Reset (bit 28 of Device Capabilities), and no Power "
      + "Management capability, or one with No_Soft_Reset set.",
    source: "Linux drivers/pci/pci.c, pci_reset_fn_methods; FreeBSD "
      + "sys/amd64/vmm/io/ppt.c, ppt_pci_reset"
  ) { context in
    guard !context.isBridgeOrChipset else { return [] }
    switch context.resetAbility {
    case .none:
      return [
        Rule.resetNone.finding(
          .risk, "nothing resets it: " + context.resetEvidence,
          remedy: "expect to reboot the host between two starts of the guest")
      ]
    case .unknown:
      return [
        Rule.resetNone.finding(
          .unknown, "not known whether it can be reset: " + context.unrecordedReset,
          remedy: context.consumer == .bhyve
            ? context.readingAsRoot(context.freeBSDResetQuestion)
            : "on the machine: cat /sys/bus/pci/devices/\(context.function.address)/reset_method",
          isDecisive: false)
      ]
    case .own, .power, .bus: return []
    }
  }
}
