// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// Other endpoints would share the group if the IOMMU were on.
  static let groupPredicted: Rule = Rule(
    id: "group.predicted", consumers: [.vfio],
    meaning: "No groups are reported, so they are predicted: with the IOMMU on, Linux would hand "
      + "the function over together with these only.",
    decision: "Linux's grouping of the recorded topology and ACS registers, with ACS as Linux "
      + "would set it.",
    source: "Linux drivers/iommu/iommu.c, pci_device_group"
  ) { context in
    guard !context.isBridgeOrChipset, context.tables.groups.isEmpty,
      let isolation = context.tables.isolation
    else { return [] }
    // Where other rules hold, being alone is as little known as being together.
    if let reason = isolation.notPredicted ?? isolation.policy.caveat {
      return [
        Rule.groupPredicted.finding(
          .unknown, "not known with what it would share a group: " + reason,
          remedy: "with the IOMMU on, look on the machine: ls /sys/kernel/iommu_groups/*/devices")
      ]
    }
    guard let group = context.predictedGroup else { return [] }
    let (others, count) = context.neighbours(
      limit: group.isInferred ? 1 : HostTables.companionLimit)
    guard count > 0 else { return [] }
    if group.isInferred {
      return [
        Rule.groupPredicted.finding(
          .unknown,
          "not known with what it would share a group: " + (group.missingFacts.first ?? ""),
          remedy: "record the configuration space as root", resolution: .fact)
      ]
    }
    return [
      Rule.groupPredicted.finding(
        .blocker,
        "with the IOMMU on it would share a group with \(listed(others, of: count, for: context.consumer))"
          + (group.reasons.first.map { ": " + $0.text } ?? ""),
        remedy: "pass them together"
          + (isolation.hasIsolatedSlot(for: context.index, context.tables.index)
            ? ", or move the card to an isolated slot (passthru groups names them)" : "")
          + (others.first.map { other in
            "; passthru groups --why \(context.function.address) \(other) says what would part them"
          } ?? ""),
        related: others,
        resolution: .together)
    ]
  }
}
