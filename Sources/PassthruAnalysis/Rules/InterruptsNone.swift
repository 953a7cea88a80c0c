// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// bhyve needs a capability list, and MSI or MSI-X to be more than a makeshift.
  static let interruptsNone: Rule = Rule(
    id: "msi.none", consumers: [.bhyve],
    meaning: "bhyve gives a guest the device's interrupts as messages. Without any capability "
      + "list it refuses the device. With a list but neither MSI nor MSI-X it shows the guest "
      + "an MSI capability of its own and feeds it from the shared interrupt pin.",
    decision: "The Capabilities List bit of the status register (bit 4), and the capabilities "
      + "MSI (05) and MSI-X (11).",
    source: "FreeBSD usr.sbin/bhyve/pci_passthru.c, cfginitmsi and LEGACY_SUPPORT"
  ) { context in
    guard !context.isBridgeOrChipset else { return [] }
    let facts = context.capabilities
    if facts.hasCapabilityList == false {
      return [
        Rule.interruptsNone.finding(
          .blocker, "it has no capability list, and so neither MSI nor MSI-X",
          remedy: "choose another device: bhyve stops with \"failed to initialize MSI\"")
      ]
    }
    if (facts.msiVectors ?? 0) > 0 || (facts.msixVectors ?? 0) > 0 { return [] }
    guard facts.hasCapabilityList != nil, facts.msiVectors != nil, facts.msixVectors != nil else {
      return [
        Rule.interruptsNone.finding(
          .unknown, "not known whether it has MSI or MSI-X: its capabilities are not recorded",
          remedy: "as root: pciconf -lc \(context.function.address.freeBSDSelector)")
      ]
    }
    return [
      Rule.interruptsNone.finding(
        .risk, "it has neither MSI nor MSI-X: the guest gets an emulated MSI over a shared pin",
        remedy: "expect drivers that insist on the interrupt pin to fail; prefer a device with MSI")
    ]
  }
}
