// SPDX-License-Identifier: Apache-2.0

public import PCI
public import PCIHost

/// Look-up tables of one host, made once for all rules.
public struct HostTables: Sendable {
  /// The host.
  public let host: Host
  /// The system that would hand functions over.
  public let consumer: Consumer
  /// The functions that may be taken from the host although it needs them.
  public let allowing: Set<FunctionAddress>
  /// The tree.
  public let topology: Topology
  /// The position of each function by its address.
  public let positions: [FunctionAddress: Int]
  /// The members of each reported IOMMU group, by its number.
  public let reportedGroups: [Int: [Int]]
  /// The functions of each slot, by the slot's function 0.
  public let slots: [FunctionAddress: [Int]]
  /// What each function's capabilities say.
  public let capabilities: [CapabilityFacts]
  /// The rules of the consumer, in order.
  public let rules: [Rule]
  /// The units of FreeBSD's drivers; `nil` on other systems.
  public let units: UnitModel?
  /// The groups that Linux would form; `nil` where the reported ones decide.
  public private(set) var isolation: GroupPrediction?
  /// Counts and flags of the whole host.
  let survey: HostSurvey
  /// What rules ask of each reported group, by its number.
  let groups: [Int: GroupSurvey]

  /// The most companions that an assessment lists.
  ///
  /// No machine has a group this large; a recording can claim one, and listing
  /// all members for each member would take the square of its size.
  public static let companionLimit = 1024

  /// Makes the tables: one pass over the functions for each.
  public init(host: Host, consumer: Consumer, allowing: Set<FunctionAddress> = []) {
    self.host = host
    self.consumer = consumer
    self.allowing = allowing
    topology = Topology(host)
    positions = host.indexByAddress
    var groups: [Int: [Int]] = [:]
    var slots: [FunctionAddress: [Int]] = [:]
    for (index, function) in host.functions.enumerated() {
      if let group = function.iommuGroup { groups[group, default: []].append(index) }
      slots[Self.slot(of: function.address), default: []].append(index)
    }
    reportedGroups = groups
    self.slots = slots
    capabilities = host.functions.map { $0.capabilityFacts }
    rules = Rule.all.filter { $0.consumers.contains(consumer) }
    let hasUnits = host.system.family == .freebsd || host.system.family == .dragonfly
    units = hasUnits ? UnitModel(host: host, topology: topology) : nil
    let survey = HostSurvey(host, consumer: consumer, positions: positions)
    self.survey = survey
    self.groups = groups.mapValues { GroupSurvey($0, host.functions, survey) }
    if groups.isEmpty || consumer == .bhyve {
      isolation = GroupPrediction(self, policy: GroupingPolicy(for: host))
    }
  }

  /// The address of function 0 of a function's slot.
  public static func slot(of address: FunctionAddress) -> FunctionAddress {
    FunctionAddress(
      domain: address.domain, bus: address.bus, deviceFunction: address.deviceFunction & 0xf8)
  }

  /// The other physical functions of a function's slot, by position.
  ///
  /// Virtual functions are left out on both sides: they are handed over one by
  /// one, whatever slot their numbers fall in.
  public func siblings(of index: Int) -> [Int] {
    let address = host.functions[index].address
    guard host.functions[index].physicalFunction == nil,
      let slot = slots[Self.slot(of: address)], slot.count > 1
    else { return [] }
    return slot.filter { $0 != index && host.functions[$0].physicalFunction == nil }
  }

  /// The functions that must go with one, without itself, in address order.
  ///
  /// Linux hands over whole IOMMU groups: every member but the bridges. Where
  /// no groups are reported, they are predicted, if every fact is known.
  /// FreeBSD hands over single functions. `companionLimit` functions at most.
  public func companions(of index: Int) -> [FunctionAddress] {
    guard consumer == .vfio, host.functions[index].isBridge != true else { return [] }
    if let group = host.functions[index].iommuGroup {
      guard let endpoints = groups[group]?.endpoints, endpoints.count > 1 else { return [] }
      return endpoints.prefix(Self.companionLimit + 1).filter { $0 != index }
        .prefix(Self.companionLimit).map { host.functions[$0].address }
    }
    guard reportedGroups.isEmpty, let isolation, let place = isolation.groupOf[index],
      !isolation.groups[place].isInferred
    else { return [] }
    return endpoints(of: isolation.groups[place], without: index)
  }

  /// The members of a predicted group that are no bridges, without one of them.
  func endpoints(of group: IsolationGroup, without index: Int) -> [FunctionAddress] {
    guard group.members.count > 1 else { return [] }
    let own = host.functions[index].address
    let others = group.members.lazy.filter { address in
      guard address != own, let position = positions[address] else { return false }
      return host.functions[position].isBridge != true
    }
    return Array(others.prefix(Self.companionLimit))
  }

  /// The endpoint that a function's domain hangs on (Intel VMD), by position.
  func domainOwner(of index: Int) -> Int? {
    let domain = host.functions[index].address.domain
    guard domain != 0 else { return nil }
    var current = index
    // A domain has 256 buses, so that no way to its root is longer.
    for _ in 0..<256 {
      guard let parent = topology.parents[current] else { return nil }
      if host.functions[parent].address.domain != domain { return parent }
      current = parent
    }
    return nil
  }
}
