// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// A raised securelevel closes /dev/pci.
  static let systemSecurelevel: Rule = Rule(
    id: "system.securelevel", consumers: [.bhyve],
    meaning: "Above securelevel 0 the kernel refuses to open /dev/pci for writing, which bhyve "
      + "does for every passed device.",
    decision: "The sysctl kern.securelevel is above 0.",
    source: "FreeBSD sys/dev/pci/pci_user.c, pci_open"
  ) { context in
    guard !context.isBridgeOrChipset, let level = context.sysctl("kern.securelevel"), level > 0
    else { return [] }
    return [
      Rule.systemSecurelevel.finding(
        .blocker, "kern.securelevel is \(level)",
        remedy: "take kern_securelevel_enable out of /etc/rc.conf and reboot", resolution: .change)
    ]
  }
}
