// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// Several VT-d units on a release that mishandles them.
  static let iommuSeveralUnits: Rule = Rule(
    id: "iommu.several-units", consumers: [.bhyve],
    meaning: "Up to 12.1-RELEASE-p6 vmm(4) treated several VT-d units as one. Where they differ "
      + "in what they cache, the bus of the passed device died.",
    decision: "More than one unit is known, and the release is older than 12.1-RELEASE-p7 or "
      + "13.0.",
    source: "FreeBSD PR 229852, fixed in r349184"
  ) { context in
    guard !context.isBridgeOrChipset, context.host.iommu.kind == .intel,
      context.host.iommu.units.count > 1, let release = context.freeBSDRelease,
      release < FreeBSDRelease(12, 1, patch: 7)
    else { return [] }
    return [
      Rule.iommuSeveralUnits.finding(
        .risk, "\(context.host.iommu.units.count) VT-d units and FreeBSD \(release)",
        remedy: "upgrade to 12.1-RELEASE-p7 or later")
    ]
  }
}
