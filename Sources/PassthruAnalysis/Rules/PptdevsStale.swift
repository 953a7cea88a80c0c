// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// pptdevs names a place where no function is.
  static let pptdevsStale: Rule = Rule(
    id: "pptdevs.stale", consumers: [.bhyve],
    meaning: "Bus numbers move when a card comes or goes. An entry of pptdevs that names no "
      + "function today was right once or is a slip of the pen, and after the next change of "
      + "cards it can take a device that the host needs.",
    decision: "pptdevs, pptdevs2 or pptdevs3 names a bus, slot and function at which the host has "
      + "none in domain 0.",
    source: "FreeBSD sys/amd64/vmm/vmm.c, vmm_is_pptdev, which compares the three numbers only"
  ) { context in
    guard !context.isBridgeOrChipset else { return [] }
    let stale = context.tables.survey.stalePassthrough
    guard !stale.isEmpty else { return [] }
    return [
      Rule.pptdevsStale.finding(
        .risk,
        "pptdevs names \(listed(stale)), where no function is",
        remedy: "find the device with pciconf -l and write its present numbers, or take the "
          + "entry out")
    ]
  }
}
