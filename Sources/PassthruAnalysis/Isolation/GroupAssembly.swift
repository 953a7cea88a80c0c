// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

/// Turns a partition into groups with members, reasons and a comparison.
struct GroupAssembly {
  private let tables: HostTables
  private let facts: IsolationFacts
  /// The groups, by their first member.
  private(set) var groups: [IsolationGroup] = []
  /// The place of each function's group.
  private(set) var groupOf: [Int?]
  /// The comparison with the reported groups; `nil` where none are reported.
  private(set) var agreement: GroupAgreement?

  init(
    _ tables: HostTables, _ facts: IsolationFacts, partition: [Int?], count: Int,
    joins: [GroupSimulation.Join?], missing: [Int: [String]], caveat: String?
  ) {
    self.tables = tables
    self.facts = facts
    let functions = tables.host.functions
    var members = [[Int]](repeating: [], count: count)
    let byAddress = functions.indices.sorted { functions[$0].address < functions[$1].address }
    for index in byAddress { if let group = partition[index] { members[group].append(index) } }
    groupOf = [Int?](repeating: nil, count: functions.count)
    let sorted = members.filter { !$0.isEmpty }.sorted {
      functions[$0[0]].address < functions[$1[0]].address
    }
    groups.reserveCapacity(sorted.count)
    for (place, list) in sorted.enumerated() {
      for index in list { groupOf[index] = place }
      var facts: [String] = []
      for index in list {
        // Sixteen are enough to act on, and keep a large group's cost in bounds.
        for fact in missing[index] ?? [] where facts.count < 16 && !facts.contains(fact) {
          facts.append(fact)
        }
        if functions[index].upstream == .unknown {
          let fact = "\(functions[index].address): what is above it is not recorded"
          if facts.count < 16 { facts.append(fact) }
        }
      }
      if let caveat, list.count > 0 { facts.append(caveat) }
      groups.append(
        IsolationGroup(
          members: list.map { functions[$0].address }, reported: reported(list),
          reasons: list.count > 1 ? reasons(list, joins) : [], isInferred: !facts.isEmpty,
          missingFacts: facts))
    }
    agreement = compare(sorted)
  }

  /// The reported group with exactly these members.
  private func reported(_ members: [Int]) -> Int? {
    let functions = tables.host.functions
    guard let number = functions[members[0]].iommuGroup,
      tables.reportedGroups[number]?.count == members.count,
      members.allSatisfy({ functions[$0].iommuGroup == number })
    else { return nil }
    return number
  }

  /// The joins of a group, gathered by the hop to blame.
  private func reasons(_ members: [Int], _ joins: [GroupSimulation.Join?]) -> [GroupReason] {
    struct Key: Hashable {
      var kind: GroupReason.Kind
      var hop: Int
    }
    var order: [Key] = []
    var joined: [Key: [Int]] = [:]
    for index in members {
      guard let join = joins[index] else { continue }
      // The functions of a device blame the first of them.
      let hop = join.kind == .functions || join.kind == .alias ? join.member : join.hop
      let key = Key(kind: GroupReason.Kind(join.kind), hop: hop)
      if joined[key] == nil {
        order.append(key)
        joined[key] = [join.member]
      }
      joined[key]?.append(index)
    }
    let functions = tables.host.functions
    return order.map { key in
      let addresses = Set(joined[key] ?? []).map { functions[$0].address }.sorted()
      return GroupReason(
        kind: key.kind, hop: functions[key.hop].address, members: addresses,
        text: facts.text(key.kind, hop: key.hop, addresses, functions))
    }
  }

  private func compare(_ partition: [[Int]]) -> GroupAgreement? {
    guard !tables.reportedGroups.isEmpty else { return nil }
    let functions = tables.host.functions
    var agreement = GroupAgreement(functions: 0, same: 0, unknown: 0)
    for (place, members) in partition.enumerated() {
      let reported = members.filter { functions[$0].iommuGroup != nil }
      agreement.functions += reported.count
      let numbers = Set(reported.compactMap { functions[$0].iommuGroup })
      if numbers.count == 1, let number = numbers.first,
        tables.reportedGroups[number]?.count == reported.count
      {
        agreement.same += reported.count
      } else if groups[place].isInferred {
        agreement.unknown += reported.count
      } else {
        // A function whose counterpart is uncertain is uncertain too.
        agreement.unknown += reported.count { index in
          (functions[index].iommuGroup.flatMap { tables.reportedGroups[$0] } ?? []).contains {
            other in groupOf[other].map { groups[$0].isInferred } ?? false
          }
        }
      }
    }
    return agreement
  }

  /// The ports whose path to the root isolates, with what is behind them.
  func isolatedSlots(_ simulation: GroupSimulation) -> [IsolatedSlot] {
    let functions = tables.host.functions
    var slots: [IsolatedSlot] = []
    for (index, type) in facts.portTypes.enumerated() {
      guard type == .rootPort || type == .downstreamPort, simulation.openPort(from: index) == nil
      else { continue }
      let below = tables.topology.children[index]
      slots.append(
        IsolatedSlot(
          port: functions[index].address,
          name: functions[index].slotName ?? below.first.flatMap { functions[$0].slotName },
          isOccupied: !below.isEmpty))
    }
    return slots.sorted { $0.port < $1.port }
  }
}

extension GroupReason.Kind {
  init(_ kind: GroupSimulation.Join.Kind) {
    self =
      switch kind {
      case .identity: .identity
      case .bridge: .bridge
      case .path: .path
      case .alias: .alias
      case .functions: .functions
      }
  }
}
