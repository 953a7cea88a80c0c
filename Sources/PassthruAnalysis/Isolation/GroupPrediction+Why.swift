// SPDX-License-Identifier: Apache-2.0

public import PCI
public import PCIHost

/// Why two functions are in one group, or why they are not.
public struct PairExplanation: Hashable, Sendable {
  /// One function on the way from the root to the two.
  public struct Hop: Hashable, Sendable {
    /// The function.
    public var address: FunctionAddress
    /// How many hops are above it.
    public var depth: Int
    /// What it does for isolation: `root port, has no ACS capability`.
    public var text: String
    /// Whether it is to blame.
    public var joins: Bool
  }

  /// Whether both are predicted to be in one group.
  public var isTogether: Bool
  /// The answer in a sentence without a full stop.
  public var summary: String
  /// The hops above both, from the root down, then the two themselves.
  public var hops: [Hop]
  /// The reasons that join them, empty where they are apart.
  public var reasons: [GroupReason]
  /// What would part them, in a sentence without a full stop; `nil` where they are apart.
  public var remedy: String?
  /// The facts that were missing.
  public var missingFacts: [String]
}

extension GroupPrediction {
  /// Explains why two functions are in one group, or why they are not.
  ///
  /// - Parameters:
  ///   - first: A function of the host.
  ///   - second: Another one.
  ///   - host: The host that the prediction was made of.
  /// - Returns: The explanation; `nil` where one of them is not in the host or
  ///   nothing is predicted.
  public func why(
    _ first: FunctionAddress, _ second: FunctionAddress, host: Machine
  ) -> PairExplanation? {
    guard let facts, let left = host.functions.firstIndex(where: { $0.address == first }),
      let right = host.functions.firstIndex(where: { $0.address == second })
    else { return nil }
    let functions = host.functions
    let reasons = reasons(joining: left, right, facts, functions)
    let group = groupOf[left]
    let isTogether = group != nil && group == groupOf[right]
    let blamed = Set(isTogether ? reasons.map { $0.hop } : [])
    var summary: String
    if let missing = [left, right].first(where: { groupOf[$0] == nil }) {
      let address = functions[missing].address
      let reason = ungrouped.first { $0.address == address }?.reason ?? "not predicted"
      summary = "\(address) has no group: \(reason)"
    } else if isTogether {
      summary =
        reasons.count == 1
        ? "\(first) and \(second) share a group because of one hop, \(reasons[0].hop)"
        : "\(first) and \(second) share a group because of \(reasons.count) hops"
    } else {
      summary = "\(first) and \(second) are in groups of their own"
    }
    let missing = Set([left, right].compactMap { groupOf[$0] }).sorted()
      .flatMap { groups[$0].missingFacts }
    return PairExplanation(
      isTogether: isTogether, summary: summary,
      hops: hops(to: left, right, facts, functions, blamed), reasons: isTogether ? reasons : [],
      remedy: isTogether ? remedy(reasons, left, right, facts, functions) : nil,
      missingFacts: missing)
  }

  /// The joins on the way from each of two functions to the first they share.
  private func reasons(
    joining left: Int, _ right: Int, _ facts: IsolationFacts, _ functions: [Function]
  ) -> [GroupReason] {
    func chain(_ start: Int) -> [Int] {
      var chain = [start]
      while let join = joins[chain[chain.count - 1]], chain.count <= functions.count {
        chain.append(join.member)
      }
      return chain
    }
    let first = chain(left)
    let second = chain(right)
    let shared = Set(first)
    guard let meeting = second.first(where: { shared.contains($0) }) else { return [] }
    var reasons: [GroupReason] = []
    for path in [first, second] {
      for index in path {
        if index == meeting { break }
        guard let join = joins[index] else { break }
        let kind = GroupReason.Kind(join.kind)
        let hop = kind == .functions || kind == .alias ? join.member : join.hop
        let members = [functions[index].address, functions[join.member].address].sorted()
        if let known = reasons.firstIndex(where: {
          $0.kind == kind && $0.hop == functions[hop].address
        }) {
          reasons[known].members = Set(reasons[known].members + members).sorted()
        } else {
          reasons.append(
            GroupReason(
              kind: kind, hop: functions[hop].address, members: members,
              text: facts.text(kind, hop: hop, members, functions)))
        }
      }
    }
    return reasons
  }

  private func hops(
    to left: Int, _ right: Int, _ facts: IsolationFacts, _ functions: [Function],
    _ blamed: Set<FunctionAddress>
  ) -> [PairExplanation.Hop] {
    func above(_ index: Int) -> [Int] {
      var path = [index]
      while path.count <= functions.count {
        let last = path[path.count - 1]
        guard let next = facts.bridgeAbove[last] ?? facts.identityOf[last] else { break }
        path.append(next)
      }
      return path.reversed()
    }
    var hops: [PairExplanation.Hop] = []
    var seen = Set<Int>()
    for path in [above(left), above(right)] {
      for (depth, index) in path.enumerated() where seen.insert(index).inserted {
        let address = functions[index].address
        let isEnd = index == left || index == right
        let text =
          isEnd && functions[index].isBridge != true
          ? (facts.isMultiFunction[index]
            ? "one of several functions, " + facts.states[index].explanation : "")
          : "\(facts.name(of: index)), \(facts.states[index].explanation)"
        hops.append(
          PairExplanation.Hop(
            address: address, depth: depth, text: text, joins: blamed.contains(address)))
      }
    }
    return hops
  }

  private func remedy(
    _ reasons: [GroupReason], _ left: Int, _ right: Int, _ facts: IsolationFacts,
    _ functions: [Function]
  ) -> String {
    if reasons.contains(where: { $0.kind == .identity }) {
      return "switching VMD off in the firmware's setup; then the devices behind it stand alone"
    }
    if reasons.contains(where: { $0.kind == .functions || $0.kind == .alias }),
      !reasons.contains(where: { $0.kind == .path || $0.kind == .bridge })
    {
      return "nothing: functions of one device stay together in every slot; only another device "
        + "parts them"
    }
    // What moves is the card, and both functions of one card move together.
    let isOneDevice =
      functions[left].address.isInSameSlot(as: functions[right].address)
      && functions[left].physicalFunction == nil && functions[right].physicalFunction == nil
    if isOneDevice {
      let open = [left, right].filter { !facts.states[$0].isolates }
      if open.count == 2, open.contains(where: { facts.states[$0].missingFact != nil }) {
        return "another slot, if their device keeps its functions apart, which is not known; "
          + "otherwise nothing does"
      }
      guard open.count < 2 else {
        return "nothing: functions of one device that does not isolate them stay together in "
          + "every slot; only another device parts them"
      }
    }
    let device = isOneDevice ? "their card" : "one of them"
    let free = isolatedSlots.filter { !$0.isOccupied }
    if let slot = free.first {
      return "moving \(device) to the slot under \(slot.port), which is empty and isolated"
        + (free.count > 1 ? " (or one of \(free.count - 1) more)" : "")
        + (isOneDevice ? ": there the device itself keeps its functions apart" : "")
    }
    if let slot = isolatedSlots.first {
      return "moving \(device) to an isolated slot: the one under \(slot.port) is, "
        + "and is occupied"
    }
    return "nothing on this machine: none of its slots is isolated"
  }
}
