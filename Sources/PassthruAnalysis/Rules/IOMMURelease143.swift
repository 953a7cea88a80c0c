// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// A release with a report that VT-d no longer initialises.
  static let iommuRelease143: Rule = Rule(
    id: "iommu.release-14-3", consumers: [.bhyve],
    meaning: "Reports say that machines on which passthrough worked with 14.2 fail to set up "
      + "VT-d with 14.3.",
    decision: "The release is 14.3 and the IOMMU is Intel's, or of unknown make.",
    source: "FreeBSD Bugzilla 290155; review D49629"
  ) { context in
    guard !context.isBridgeOrChipset, context.host.iommu.kind ?? .intel == .intel,
      let release = context.freeBSDRelease, release.major == 14, release.minor == 3
    else { return [] }
    return [
      Rule.iommuRelease143.finding(
        .risk, "FreeBSD 14.3 may fail to set up VT-d where 14.2 did not",
        remedy: "if the guest fails with \"not using the ppt(4) driver\", see bug 290155")
    ]
  }
}
