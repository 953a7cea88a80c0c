// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// Other endpoints of the IOMMU group are the host's.
  static let groupSharedHost: Rule = Rule(
    id: "group.shared-host", consumers: [.vfio],
    meaning: "The IOMMU cannot tell the members of a group apart, or they can reach each "
      + "other's memory behind its back. Linux therefore hands over whole groups: no member "
      + "may be in use by a driver of the host. Bridges are excepted and keep their driver.",
    decision: "The reported group has other members that are not bridges, or a bridge whose "
      + "driver is in the way. Before Linux 5.19 a driver on a bridge is no obstacle, nor are "
      + "pci-stub and vfio's drivers. Since 5.19 every driver is one, on bridges too, but those "
      + "that leave DMA to its user: vfio-pci and its variants, pcieport and pci-stub. Members "
      + "without an obstacle belong to the guest all the same.",
    source: "Linux drivers/iommu/iommu.c, iommu_group_claim_dma_owner (5.19 and later); "
      + "drivers/vfio/vfio.c before"
  ) { context in
    guard !context.isBridgeOrChipset, case .known(let group) = context.function.iommuGroup
    else { return [] }
    return unrecordedMembers(context, group) + recordedMembers(context, group)
  }

  /// Functions that may be in the group: theirs is not recorded.
  private static func unrecordedMembers(_ context: RuleContext, _ group: Int) -> [Finding] {
    var findings: [Finding] = []
    let unclassed = context.tables.groups.members(with: context.index).filter {
      $0 != context.index && context.host.functions[$0].classCode == nil
        && context.host.functions[$0].isBridge != true
    }
    if !unclassed.isEmpty {
      let addresses = unclassed.prefix(8).map { context.host.functions[$0].address }
      findings.append(
        Rule.groupSharedHost.finding(
          .unknown,
          "not known what \(listed(addresses, of: unclassed.count, for: context.consumer)) is, "
            + "which must go along: its class is not recorded",
          remedy: "record the host with its class codes: lspci -nn", related: addresses))
    }
    let unrecorded = context.withoutRecordedGroup
    guard !unrecorded.isEmpty else { return findings }
    return findings + [
      Rule.groupSharedHost.finding(
        .unknown,
        "not known whether \(listed(unrecorded, for: context.consumer)) must go along: the IOMMU "
          + "group of \(unrecorded.count == 1 ? "this function is" : "these functions is") not "
          + "recorded",
        remedy: "on the machine: ls /sys/kernel/iommu_groups/\(group)/devices",
        related: Array(unrecorded.prefix(8)))
    ]
  }

  private static func recordedMembers(_ context: RuleContext, _ group: Int) -> [Finding] {
    guard let survey = context.tables.groupSurvey(of: context.index) else { return [] }
    let functions = context.host.functions
    let members = survey.endpoints.prefix(HostTables.companionLimit + 1)
      .filter { $0 != context.index && !context.tables.vanishes($0, when: context.index) }
    let holders = survey.holders.filter { $0 != context.index }
    guard !members.isEmpty || !holders.isEmpty else { return [] }
    let inUse = survey.inUse.prefix(32).filter {
      $0 != context.index && !context.tables.vanishes($0, when: context.index)
    }
    var evidence = "group \(group) "
    if members.isEmpty {
      evidence += "has no other endpoint"
    } else {
      evidence +=
        "also holds \(listed(members.map { functions[$0].address }, for: context.consumer))"
    }
    if inUse.isEmpty {
      evidence += "; none of them is held by a driver of the host"
    } else {
      evidence +=
        "; the host's drivers hold "
        + listed(
          inUse.map {
            context.spelling(functions[$0].address) + " ("
              + (functions[$0].driver?.description ?? "") + ")"
          })
    }
    return [
      Rule.groupSharedHost.finding(
        .blocker, evidence,
        remedy: (holders.isEmpty
          ? "pass them together"
          : "unbind \(listed(holders.map { context.spelling(functions[$0].address) })) and pass "
            + "the other members together")
          + (context.canMove(from: members + holders)
            ? ", or move the card to a slot with a group of its own (passthru groups shows which)"
            : ""),
        related: members.map { functions[$0].address },
        resolution: holders.isEmpty ? .together : .change)
    ]
  }
}

extension RuleContext {
  /// Whether another slot could part the function from members of its group.
  ///
  /// It parts a card from others, never the functions of one device, and nothing that is part
  /// of the board or a virtual function.
  fileprivate func canMove(from members: [Int]) -> Bool {
    let address = host.functions[index].address
    guard let parent = tables.topology.parents[index], !tables.index.isPartOfChipset(index),
      host.functions[index].physicalFunction == nil,
      host.functions[parent].capabilityFacts.implementsSlot != false
    else { return false }
    return members.contains { !host.functions[$0].address.isInSameSlot(as: address) }
  }

  /// The functions without a recorded group that may be in the function's.
  ///
  /// On x86 Linux groups what is in one slot and what is below it, never two slots of a root
  /// bus (drivers/iommu/iommu.c, pci_device_group): a host bridge whose group a text leaves out
  /// is in no card's.
  fileprivate var withoutRecordedGroup: [FunctionAddress] {
    let all = tables.survey.withoutRecordedGroup
    // Many are a recording without groups rather than one with a few left out.
    guard !all.isEmpty, all.count <= 64, ProcessorFamily(of: host) == .x86,
      let root = rootSlot(of: index)
    else { return all }
    return all.filter { address in
      guard let other = tables.index.position(of: address), let slot = rootSlot(of: other) else {
        return true
      }
      return slot.isInSameSlot(as: root)
    }
  }

  /// The function of a root bus that a function is or is below; `nil` where the way up is not
  /// recorded.
  private func rootSlot(of index: Int) -> FunctionAddress? {
    var place = index
    for _ in 0..<256 {
      guard let parent = tables.topology.parents[place] else {
        if case .rootBus = host.functions[place].upstream { return host.functions[place].address }
        return nil
      }
      place = parent
    }
    return nil
  }
}
