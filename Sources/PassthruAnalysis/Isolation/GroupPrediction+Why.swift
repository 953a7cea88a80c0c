// SPDX-License-Identifier: Apache-2.0

public import PCI
public import PCIHost

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
    let group = groupOf[left]
    let isTogether = group != nil && group == groupOf[right]
    let numbers = (functions[left].iommuGroup, functions[right].iommuGroup)
    let isExplained: Bool
    if let one = numbers.0, let other = numbers.1 {
      isExplained = (one == other) == isTogether
    } else {
      isExplained = true
    }
    let pair =
      isTogether && isExplained && left != right
      ? JoinedPair(left, right, host, facts, joins: joins) : nil
    let missing = Set([left, right].compactMap { groupOf[$0] }).sorted()
      .flatMap { groups[$0].missingFacts }
    return PairExplanation(
      isTogether: isTogether,
      summary: isExplained
        ? summary(left, right, functions, pair)
        : Self.contradiction(first, second, numbers),
      hops: hops(to: left, right, facts, functions, pair?.reasons ?? []),
      reasons: pair?.reasons ?? [],
      remedy: pair?.remedy(slots: isolatedSlots, ports: isolatedPorts), missingFacts: missing)
  }

  private func summary(
    _ left: Int, _ right: Int, _ functions: [Function], _ pair: JoinedPair?
  ) -> String {
    let first = functions[left].address
    let second = functions[right].address
    if let missing = [left, right].first(where: { groupOf[$0] == nil }) {
      let address = functions[missing].address
      let reason = ungrouped.first { $0.address == address }?.reason ?? "not predicted"
      return "\(address) has no group: \(reason)"
    }
    if left == right { return "\(first) is one function" }
    guard let pair else {
      let areAlone = [left, right].allSatisfy { index in
        groupOf[index].map { groups[$0].members.count == 1 } ?? false
      }
      return areAlone
        ? "\(first) and \(second) are in groups of their own"
        : "\(first) and \(second) are in different groups"
    }
    let hops = Set(pair.reasons.map { $0.hop })
    if hops.count == 1, let hop = hops.first {
      return "\(first) and \(second) share a group because of one hop, \(hop)"
    }
    var text = "\(first) and \(second) share a group because of \(hops.count) hops"
    if case .allOf(let needed) = pair.mending, needed.count > 1 {
      text += ", and mending one of them changes nothing"
    }
    return text
  }

  /// What is said where the kernel's groups and the recorded registers disagree.
  private static func contradiction(
    _ first: FunctionAddress, _ second: FunctionAddress, _ numbers: (Int?, Int?)
  ) -> String {
    guard let one = numbers.0, let other = numbers.1, one != other else {
      return "\(first) and \(second) share a group, as the kernel reports, and what is recorded of "
        + "ACS does not explain why"
    }
    return "\(first) and \(second) are in different groups (\(one) and \(other)), as the kernel "
      + "reports, and what is recorded of ACS does not explain why"
  }

  private func hops(
    to left: Int, _ right: Int, _ facts: IsolationFacts, _ functions: [Function],
    _ reasons: [GroupReason]
  ) -> [PairExplanation.Hop] {
    var hops: [PairExplanation.Hop] = []
    var seen = Set<Int>()
    for path in [facts.way(to: left), facts.way(to: right)] {
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
            address: address, depth: depth, text: text,
            joins: reasons.first { $0.hop == address }?.kind))
      }
    }
    return hops
  }
}

extension IsolationFacts {
  /// The functions from the root down to one, itself the last; loops end.
  func way(to index: Int) -> [Int] {
    var path = [index]
    while path.count <= states.count {
      let last = path[path.count - 1]
      guard let next = bridgeAbove[last] ?? identityOf[last] else { break }
      path.append(next)
    }
    return path.reversed()
  }
}
