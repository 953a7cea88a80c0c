// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// The host does not use message interrupts at all.
  static let msiDisabled: Rule = Rule(
    id: "msi.disabled", consumers: [.bhyve],
    meaning: "A passed device's messages are allocated by the host. Where the host was told not "
      + "to use MSI or MSI-X, the guest's driver fails when it enables them.",
    decision: "The sysctl hw.pci.enable_msi or hw.pci.enable_msix is 0.",
    source: "FreeBSD pci(4)"
  ) { context in
    guard !context.isBridgeOrChipset else { return [] }
    let names = ["hw.pci.enable_msi", "hw.pci.enable_msix"].filter { context.sysctl($0) == 0 }
    guard !names.isEmpty else { return [] }
    return [
      Rule.msiDisabled.finding(
        .risk, "\(listed(names)) is 0",
        remedy: "take the tunable out of /boot/loader.conf and "
          + "reboot")
    ]
  }
}
