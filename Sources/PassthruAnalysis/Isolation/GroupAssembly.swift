// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

/// Turns a partition into groups with members, reasons and a comparison.
struct GroupAssembly {
  private let index: MachineIndex
  private let reportedGroups: ReportedGroups
  private let facts: IsolationFacts
  /// The groups, by their first member.
  private(set) var groups: [IsolationGroup] = []
  /// The place of each function's group.
  private(set) var groupOf: [Int?]
  /// The comparison with the reported groups; `nil` where none are reported.
  private(set) var agreement: GroupAgreement?

  init(
    _ index: MachineIndex, _ reported: ReportedGroups, _ facts: IsolationFacts, partition: [Int?],
    count: Int,
    joins: [GroupSimulation.Join?], missing: [[String]], caveat: String?
  ) {
    self.index = index
    reportedGroups = reported
    self.facts = facts
    let functions = index.host.functions
    // In address order, so that groups come in the order of their first members.
    var places = [Int](repeating: -1, count: count)
    var sorted: [[Int]] = []
    sorted.reserveCapacity(count)
    groupOf = [Int?](repeating: nil, count: functions.count)
    for index in index.addresses.sequence {
      guard let group = partition[index] else { continue }
      if places[group] < 0 {
        places[group] = sorted.count
        sorted.append([])
      }
      groupOf[index] = places[group]
      sorted[places[group]].append(index)
    }
    groups.reserveCapacity(sorted.count)
    for list in sorted {
      var facts: [String] = []
      for index in list {
        // Sixteen are enough to act on, and keep a large group's cost in bounds.
        for fact in missing[index] where facts.count < 16 && !facts.contains(fact) {
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
          members: list.map { functions[$0].address }, reported: self.reported(list),
          reasons: list.count > 1 ? reasons(list, joins) : [], isInferred: !facts.isEmpty,
          missingFacts: facts))
    }
    agreement = compare(sorted)
  }

  /// The reported group with exactly these members.
  private func reported(_ members: [Int]) -> Int? {
    let functions = index.host.functions
    guard let number = functions[members[0]].iommuGroup,
      reportedGroups.members(with: members[0]).count == members.count,
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
    var order: [(key: Key, members: [Int])] = []
    // A group mostly has one reason, and a recording can claim thousands.
    var places: [Key: Int] = [:]
    for index in members {
      guard let join = joins[index] else { continue }
      // The functions of a device blame the first of them.
      let hop = join.kind == .functions || join.kind == .alias ? join.member : join.hop
      let key = Key(kind: GroupReason.Kind(join.kind), hop: hop)
      let known = order.count <= 8 ? order.firstIndex { $0.key == key } : places[key]
      if let known {
        order[known].members.append(index)
        continue
      }
      order.append((key, [join.member, index]))
      if order.count == 9 {
        for (place, reason) in order.enumerated() { places[reason.key] = place }
      } else if order.count > 9 {
        places[key] = order.count - 1
      }
    }
    let functions = index.host.functions
    return order.map { key, members in
      let sorted = members.map { functions[$0].address }.sorted()
      var addresses: [FunctionAddress] = []
      for address in sorted where address != addresses.last { addresses.append(address) }
      return GroupReason(
        kind: key.kind, hop: functions[key.hop].address, members: addresses,
        text: facts.text(key.kind, hop: key.hop, addresses, functions))
    }
  }

  private func compare(_ partition: [[Int]]) -> GroupAgreement? {
    guard !reportedGroups.isEmpty else { return nil }
    let functions = index.host.functions
    var agreement = GroupAgreement(functions: 0, same: 0, unknown: 0)
    for (place, members) in partition.enumerated() {
      let reported = members.filter { functions[$0].iommuGroup != nil }
      agreement.functions += reported.count
      guard let first = reported.first else { continue }
      let number = functions[first].iommuGroup
      if reportedGroups.members(with: first).count == reported.count,
        reported.allSatisfy({ functions[$0].iommuGroup == number })
      {
        agreement.same += reported.count
      } else if groups[place].isInferred {
        agreement.unknown += reported.count
      } else {
        // A function whose counterpart is uncertain is uncertain too.
        agreement.unknown += reported.count { index in
          reportedGroups.members(with: index).contains {
            other in groupOf[other].map { groups[$0].isInferred } ?? false
          }
        }
      }
    }
    return agreement
  }

  /// The ports whose path to the root isolates and where a card could be, with or
  /// without the mark of a slot (Slot Implemented), which some firmware forgets.
  func isolatedPorts(_ simulation: GroupSimulation, withSlot: Bool) -> [IsolatedSlot] {
    let functions = index.host.functions
    let hasInternalPorts = Self.mayHaveInternalHotPlugPorts(index.host)
    var slots: [IsolatedSlot] = []
    for (place, type) in facts.portTypes.enumerated() {
      guard type == .rootPort || type == .downstreamPort, simulation.openPort(from: place) == nil,
        (facts.implementsSlot[place] == true) == withSlot, facts.identityOf[place] == nil,
        !(hasInternalPorts && facts.isHotPlugCapable[place] != false)
      else { continue }
      let below = index.topology.children[place]
      if let first = below.first, index.isPartOfChipset(first) { continue }
      slots.append(
        IsolatedSlot(
          port: functions[place].address,
          name: functions[place].slotName ?? below.first.flatMap { functions[$0].slotName },
          isOccupied: !below.isEmpty))
    }
    return slots.sorted { $0.port < $1.port }
  }

  /// Whether hot-plug ports of the machine may lead to Thunderbolt or a laptop's inside.
  ///
  /// A panel of its own (eDP, LVDS, DSI) makes a laptop, a host router Thunderbolt.
  private static func mayHaveInternalHotPlugPorts(_ host: Machine) -> Bool {
    host.functions.contains {
      $0.classCode?.rawValue == 0x0c0340 || $0.driver?.name == "thunderbolt"
    }
      || (host.linux?.connectors ?? []).contains { connector in
        let name = connector.name.utf8
        return name.containsSequence("-eDP-") || name.containsSequence("-LVDS-")
          || name.containsSequence("-DSI-")
      }
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
