// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

/// Two functions of one group: every hop that joins them, and what would part them.
///
/// Nothing is guessed: each way is tried, by grouping the host anew as if some hops had
/// ACS, or as if a card were behind an isolated port. A way that parts nothing is not named.
struct JoinedPair {
  /// The hops that ACS would have to mend.
  enum Mending: Hashable {
    /// No ACS on the way parts the two.
    case impossible
    /// One of these is enough.
    case oneOf([Int])
    /// All of these, and mending fewer changes nothing.
    case allOf([Int])
  }

  /// One join on the way from one of the two to the other.
  private struct Link {
    var member: Int
    var join: GroupSimulation.Join
    /// The function that is to blame; of a device without isolation, its first function.
    var blamed: Int {
      join.kind == .functions || join.kind == .alias ? join.member : join.hop
    }
  }

  let left: Int
  let right: Int
  let index: MachineIndex
  let facts: IsolationFacts
  private let order: [Int]
  private let excluded: [Bool]
  /// Hops that ACS could mend, in the order in which they were found.
  private var mendable: [Int] = []
  /// The reasons that join the two, those nearest to the root first.
  private(set) var reasons: [GroupReason] = []
  /// What ACS would have to mend.
  private(set) var mending = Mending.impossible

  /// So many hops are tried one by one; no machine has as many between two functions.
  private static let hopLimit = 32

  init(
    _ left: Int, _ right: Int, _ host: Machine, _ facts: IsolationFacts,
    joins: [GroupSimulation.Join?]
  ) {
    self.left = left
    self.right = right
    self.facts = facts
    index = MachineIndex(host)
    order = DeviceOrder(index).sequence
    let hasReported = host.functions.contains { $0.iommuGroup != nil }
    excluded = GroupPrediction.withoutGroup(host, hasReported: hasReported).map { $0 != nil }
    collect(joins)
    mending = findMending()
  }

  /// Whether the two would be in different groups with ACS on these hops, or with a
  /// card behind isolated ports only.
  func areApart(mending hops: [Int] = [], movingFrom ports: [Int] = []) -> Bool {
    areApart(simulation(mending: hops, movingFrom: ports))
  }

  private func areApart(_ simulation: GroupSimulation) -> Bool {
    simulation.groups[left] != simulation.groups[right]
  }

  private func simulation(mending hops: [Int], movingFrom ports: [Int] = []) -> GroupSimulation {
    var facts = facts
    for hop in hops + ports { facts.states[hop] = .servicesOn }
    for port in ports { facts.lendsIdentifier[port] = false }
    return GroupSimulation(index, facts, order: order, excluded: excluded)
  }

  // MARK: Reasons

  /// Mends what joins the two and looks again, until they are apart or nothing is left to mend.
  private mutating func collect(_ first: [GroupSimulation.Join?]) {
    var joins = first
    for _ in 0..<Self.hopLimit {
      let known = mendable.count
      for link in links(joins) {
        add(link)
        let hops =
          switch link.join.kind {
          case .path: [link.join.hop]
          case .functions: [link.join.member, link.join.hop]
          case .identity, .bridge, .alias: [Int]()
          }
        for hop in hops
        where mendable.count < Self.hopLimit && canBeMended(hop) && !mendable.contains(hop) {
          mendable.append(hop)
        }
      }
      guard mendable.count > known else { return }
      let simulation = simulation(mending: mendable)
      if areApart(simulation) { return }
      joins = simulation.joins
    }
  }

  /// Whether there is a kind of ACS for a function: conventional PCI has none.
  private func canBeMended(_ index: Int) -> Bool {
    if case .neverIsolates = facts.states[index] { return false }
    return facts.isExpress[index] != false
  }

  private mutating func add(_ link: Link) {
    let functions = index.host.functions
    let kind = GroupReason.Kind(link.join.kind)
    let hop = functions[link.blamed].address
    let members = [functions[link.member].address, functions[link.join.member].address].sorted()
    if let known = reasons.firstIndex(where: { $0.kind == kind && $0.hop == hop }) {
      reasons[known].members = Set(reasons[known].members + members).sorted()
    } else {
      reasons.append(
        GroupReason(
          kind: kind, hop: hop, members: members,
          text: facts.text(kind, hop: link.blamed, members, functions)))
    }
  }

  /// The joins on the way from each of the two to the first function they share.
  private func links(_ joins: [GroupSimulation.Join?]) -> [Link] {
    func chain(_ start: Int) -> [Int] {
      var chain = [start]
      while let join = joins[chain[chain.count - 1]], chain.count <= joins.count {
        chain.append(join.member)
      }
      return chain
    }
    let first = chain(left)
    let second = chain(right)
    let shared = Set(first)
    guard let meeting = second.first(where: { shared.contains($0) }) else { return [] }
    var links: [Link] = []
    for path in [first, second] {
      for member in path {
        guard member != meeting, let join = joins[member] else { break }
        links.append(Link(member: member, join: join))
      }
    }
    return links
  }

  // MARK: What to mend

  private func findMending() -> Mending {
    guard !mendable.isEmpty, areApart(mending: mendable) else { return .impossible }
    let alone = mendable.filter { areApart(mending: [$0]) }
    if !alone.isEmpty { return .oneOf(alone) }
    var needed = mendable
    // A port can be mended for all that is below it: ports are kept where either will do.
    let functions = index.host.functions
    let inOrder =
      mendable.filter { functions[$0].isBridge != true }
      + mendable.filter { functions[$0].isBridge == true }
    for hop in inOrder where areApart(mending: needed.filter { $0 != hop }) {
      needed.removeAll { $0 == hop }
    }
    return .allOf(needed)
  }
}
