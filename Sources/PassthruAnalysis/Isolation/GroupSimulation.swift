// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

/// Linux's grouping of PCI functions, one function after the other.
///
/// Each joins the group of an earlier one or gets a new one; the outcome rests
/// on the order, and is no closure of a relation (drivers/iommu/iommu.c,
/// `pci_device_group`, with drivers/pci/search.c, `pci_for_each_dma_alias`).
struct GroupSimulation {
  /// Why a function joined the group of another.
  struct Join: Hashable, Sendable {
    /// The kinds of reasons.
    enum Kind: Hashable, Sendable {
      /// It uses the requester id of an Intel VMD.
      case identity
      /// It is behind a bridge that lends everything its own requester id.
      case bridge
      /// A port above it does not isolate.
      case path
      /// Another function on its bus uses its requester id, or it that one's.
      case alias
      /// Another function of its device does not isolate, and neither does it.
      case functions
    }

    /// The kind of reason.
    var kind: Kind
    /// The function that had the group.
    var member: Int
    /// The function that is to blame: a bridge, a port, or the function itself.
    var hop: Int
  }

  /// What a port lets through on the way to the root.
  private enum Path {
    /// It and all ports above it isolate.
    case isolates
    /// This port does not; the one nearest to the root is named.
    case open(Int)
    /// This port is taken not to isolate, for want of a fact.
    case unknown(Int)
  }

  private let facts: IsolationFacts
  private let functions: [Function]
  private var paths: [Path?]
  /// The nearest bridge at or above each bridge that lends its requester id.
  private var lender: [Int?]
  private let excluded: [Bool]
  private let index: AddressIndex
  /// The place of each function in the kernel's order.
  private let ranks: [Int]
  private let aliases: [Int: [UInt8]]
  private var aliasBuses: [BusAddress: [Int]]

  /// The group of each function, counted from 0; `nil` for none.
  private(set) var groups: [Int?]
  /// How many groups there are.
  private(set) var groupCount = 0
  /// Why each function joined its group; `nil` for the first of one.
  private(set) var joins: [Join?]
  /// The facts that were missing when a function was placed.
  private(set) var missing: [[String]]
  /// The positions of functions whose state was asked for and not known.
  private var doubts: [Int]
  /// What is said of a function whose state is not known; empty until it is asked for.
  private var doubtTexts: [String]

  /// Groups all functions but the excluded ones, which have no group.
  init(_ host: MachineIndex, _ facts: IsolationFacts, order: [Int], excluded: [Bool]) {
    self.facts = facts
    self.excluded = excluded
    functions = host.host.functions
    let count = functions.count
    paths = [Path?](repeating: nil, count: count)
    lender = [Int?](repeating: nil, count: count)
    groups = [Int?](repeating: nil, count: count)
    joins = [Join?](repeating: nil, count: count)
    doubts = []
    doubtTexts = [String](repeating: "", count: count)
    index = host.addresses
    var ranks = [Int](repeating: 0, count: count)
    var missing = [[String]](repeating: [], count: count)
    var aliases: [Int: [UInt8]] = [:]
    var aliasBuses: [BusAddress: [Int]] = [:]
    for (rank, index) in order.enumerated() {
      ranks[index] = rank
      let function = functions[index]
      if let row = AliasQuirk.row(for: function) {
        let list = row.aliases(of: function.address)
        if !list.isEmpty {
          aliases[index] = list
          aliasBuses[function.address.busAddress] = []
        }
        if case .unreadable = row.effect {
          missing[index] = ["\(function.address) keeps its DMA aliases in its own registers"]
        }
      }
    }
    if !aliasBuses.isEmpty {
      for index in order where aliasBuses[functions[index].address.busAddress] != nil {
        aliasBuses[functions[index].address.busAddress]?.append(index)
      }
    }
    self.ranks = ranks
    self.missing = missing
    self.aliases = aliases
    self.aliasBuses = aliasBuses
    for index in order { prepare(index) }
    for index in order where !excluded[index] { place(index) }
  }

  /// Works out what a function is as a bridge; those above it are done.
  private mutating func prepare(_ index: Int) {
    let above = facts.bridgeAbove[index]
    // What is above the bridge, the bridge itself included.
    let state = facts.states[index]
    switch above.flatMap({ paths[$0] }) {
    case .some(.open(let hop)): paths[index] = .open(hop)
    case .some(.unknown(let hop)):
      paths[index] = state.isolates || state.missingFact != nil ? .unknown(hop) : .open(index)
    case .some(.isolates), nil:
      paths[index] =
        if state.isolates { .isolates } else if state.missingFact != nil { .unknown(index) } else {
          .open(index)
        }
    }
    lender[index] = facts.lendsIdentifier[index] ? index : above.flatMap { lender[$0] }
    if translates(index) { lender[index] = nil }
  }

  private func translates(_ index: Int) -> Bool {
    if let row = AliasQuirk.row(for: functions[index]), case .translates = row.effect {
      return true
    }
    return false
  }

  private mutating func place(_ index: Int) {
    doubts.removeAll(keepingCapacity: true)
    let join = search(index)
    if let join {
      groups[index] = groups[join.member]
      joins[index] = join
    } else {
      groups[index] = groupCount
      groupCount += 1
    }
    for doubt in doubts {
      guard let fact = facts.states[doubt].missingFact else { continue }
      if doubtTexts[doubt].isEmpty { doubtTexts[doubt] = "\(functions[doubt].address): \(fact)" }
      let text = doubtTexts[doubt]
      if !missing[index].contains(text) { missing[index].append(text) }
    }
  }

  private mutating func search(_ index: Int) -> Join? {
    // 1. Whose requester id the function uses.
    if let owner = facts.identityOf[index], groups[owner] != nil {
      return Join(kind: .identity, member: owner, hop: owner)
    }
    var current = facts.identityOf[index] ?? index
    var above = facts.bridgeAbove[current].flatMap { lender[$0] }
    if facts.bridgeAbove[current] != nil, above == nil { noteUnknownBridges(above: current) }
    while let bridge = above {
      if groups[bridge] != nil { return Join(kind: .bridge, member: bridge, hop: bridge) }
      current = bridge
      above = facts.bridgeAbove[bridge].flatMap { lender[$0] }
    }
    // 2. Up to where every port to the root isolates.
    while let bridge = facts.bridgeAbove[current], let path = paths[bridge] {
      let hop: Int
      switch path {
      case .isolates: return joinNeighbours(of: current)
      case .open(let port): hop = port
      case .unknown(let port):
        doubts.append(port)
        hop = port
      }
      current = bridge
      if groups[bridge] != nil { return Join(kind: .path, member: bridge, hop: hop) }
    }
    return joinNeighbours(of: current)
  }

  /// A bridge whose capabilities are not known may be one that lends its id.
  private mutating func noteUnknownBridges(above index: Int) {
    if let bridge = facts.bridgeAbove[index], facts.isExpress[bridge] == nil {
      doubts.append(bridge)
    }
  }

  /// 3 and 4: by aliases on the bus, then by functions of the device.
  private mutating func joinNeighbours(of index: Int) -> Join? {
    var visited = VisitedNumbers()
    if let member = groupByAlias(index, &visited) {
      return Join(kind: .alias, member: member, hop: index)
    }
    if let member = groupByFunction(index, &visited) {
      return Join(kind: .functions, member: member, hop: index)
    }
    return nil
  }

  private mutating func groupByAlias(_ index: Int, _ visited: inout VisitedNumbers) -> Int? {
    let address = functions[index].address
    guard visited.insert(address.deviceFunction) else { return nil }
    if groups[index] != nil { return index }
    guard let bus = aliasBuses[address.busAddress] else { return nil }
    for other in bus where other != index && areAliases(index, other) {
      if let member = groupByAlias(other, &visited) { return member }
      if let member = groupByFunction(other, &visited) { return member }
    }
    return nil
  }

  private func areAliases(_ left: Int, _ right: Int) -> Bool {
    aliases[left]?.contains(functions[right].address.deviceFunction) == true
      || aliases[right]?.contains(functions[left].address.deviceFunction) == true
  }

  private mutating func groupByFunction(_ index: Int, _ visited: inout VisitedNumbers) -> Int? {
    guard facts.isMultiFunction[index], isOpen(index) else { return nil }
    for other in slot(of: index) where other != index && isOpen(other) {
      if let member = groupByAlias(other, &visited) { return member }
    }
    return nil
  }

  /// The functions of a slot in the kernel's order, which is mostly that of addresses.
  private func slot(of position: Int) -> ArraySlice<Int> {
    let slot = index.slot(of: position)
    for place in slot.indices.dropFirst() where ranks[slot[place]] < ranks[slot[place - 1]] {
      return slot.sorted { ranks[$0] < ranks[$1] }[...]
    }
    return slot
  }

  private mutating func isOpen(_ index: Int) -> Bool {
    let state = facts.states[index]
    if state.missingFact != nil { doubts.append(index) }
    return !state.isolates
  }

  /// The port nearest to the root that lets peers of a bridge's bus reach each other.
  ///
  /// `nil` where the bridge and all above it isolate.
  func openPort(from bridge: Int) -> Int? {
    switch paths[bridge] {
    case .some(.open(let port)), .some(.unknown(let port)): port
    case .some(.isolates), nil: nil
    }
  }
}
