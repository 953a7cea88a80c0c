// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// A capability list without MSI and MSI-X.
  static let msiEmulated: Rule = Rule(
    id: "msi.emulated", consumers: [.bhyve],
    meaning: "For a device with capabilities but neither MSI nor MSI-X bhyve makes an MSI "
      + "capability up and feeds it from the interrupt pin, which other devices may share.",
    decision: "The Capabilities List bit is set, and neither MSI (05) nor MSI-X (11) is in it.",
    source: "FreeBSD usr.sbin/bhyve/pci_passthru.c, LEGACY_SUPPORT; "
      + "sys/amd64/vmm/io/ppt.c, ppt_setup_msi"
  ) { context in
    let facts = context.capabilities
    guard !context.isBridgeOrChipset, facts.hasCapabilityList == true, facts.msiVectors == 0,
      facts.msixVectors == 0
    else { return [] }
    return [
      Rule.msiEmulated.finding(
        .risk, "it has neither MSI nor MSI-X: the guest gets a made-up MSI over the shared pin",
        remedy: "expect guest drivers that insist on the pin to fail; prefer a device with MSI")
    ]
  }
}
