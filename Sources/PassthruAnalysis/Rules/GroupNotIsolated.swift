// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// Devices that stay can reach this one's memory behind the IOMMU's back.
  static let groupNotIsolated: Rule = Rule(
    id: "group.not-isolated", consumers: [.bhyve],
    meaning: "FreeBSD hands over single functions and never asks for ACS. Functions that Linux "
      + "would group can read and write each other's memory through their common port without "
      + "the IOMMU seeing it.",
    decision: "Linux's grouping of the recorded topology and ACS registers.",
    source: "Linux drivers/iommu/iommu.c, pci_device_group; FreeBSD sys/amd64/vmm/io/iommu.c, "
      + "which has no groups"
  ) { context in
    guard !context.isBridgeOrChipset, let group = context.predictedGroup else { return [] }
    // A few tell the story; a recording can claim a group of any size.
    let (others, count) = context.neighbours(limit: 32)
    guard count > 0 else { return [] }
    if group.isInferred {
      return [
        Rule.groupNotIsolated.finding(
          .unknown,
          "not known whether it is isolated from \(listed(others, of: count, for: context.consumer)): "
            + (group.missingFacts.first ?? ""),
          remedy: context.readingAsRoot(
            "read ACS as root: pciconf -r, or on FreeBSD 14 and later pciconf -lc"),
          related: others, isDecisive: false)
      ]
    }
    return [
      Rule.groupNotIsolated.finding(
        .risk,
        "it is not isolated from \(listed(others, of: count, for: context.consumer))"
          + (group.reasons.first.map { ": " + $0.text } ?? ""),
        remedy: "pass them to the same guest, use another slot, or trust the guest",
        related: others)
    ]
  }
}
