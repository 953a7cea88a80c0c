// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// bhyve needs a capability list.
  static let msiNone: Rule = Rule(
    id: "msi.none", consumers: [.bhyve],
    meaning: "bhyve gives a guest the device's interrupts as messages, and refuses a device "
      + "without any capability list.",
    decision: "The Capabilities List bit of the status register (bit 4) is clear. A list without "
      + "MSI and MSI-X is another rule's matter.",
    source: "FreeBSD usr.sbin/bhyve/pci_passthru.c, cfginitmsi and LEGACY_SUPPORT"
  ) { context in
    guard !context.isBridgeOrChipset else { return [] }
    let facts = context.capabilities
    if facts.hasCapabilityList == false {
      return [
        Rule.msiNone.finding(
          .blocker, "it has no capability list, and so neither MSI nor MSI-X",
          remedy: "choose another device: bhyve stops with \"failed to initialize MSI\"")
      ]
    }
    if (facts.msiVectors ?? 0) > 0 || (facts.msixVectors ?? 0) > 0 { return [] }
    guard facts.hasCapabilityList != nil, facts.msiVectors != nil, facts.msixVectors != nil else {
      return [
        Rule.msiNone.finding(
          .unknown, "not known whether it has MSI or MSI-X: " + context.unreadCapabilities,
          remedy: context.readingAsRoot(
            "as root: pciconf -lc \(context.function.address.freeBSDSelector)"))
      ]
    }
    return []
  }
}
