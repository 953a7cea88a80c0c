// SPDX-License-Identifier: Apache-2.0

public import PCI
public import PCIHost

/// Look-up tables of one host, made once for all rules.
public struct HostTables: Sendable {
  /// The tables themselves: rules pass them on many times for each function.
  private let contents: Contents
  private var prediction: Prediction?

  /// What the tables hold besides the prediction.
  private final class Contents: Sendable {
    let consumer: Consumer
    let allowing: Set<FunctionAddress>
    let index: MachineIndex
    let capabilities: [CapabilityFacts]
    let rules: [Rule]
    let evaluations: [Evaluation]
    let units: UnitModel?
    let groups: ReportedGroups
    let groupSurveys: [GroupSurvey?]
    let survey: HostSurvey

    init(_ host: Machine, _ consumer: Consumer, _ allowing: Set<FunctionAddress>) {
      self.consumer = consumer
      self.allowing = allowing
      let index = MachineIndex(host)
      self.index = index
      capabilities = host.functions.map { $0.capabilityFacts }
      rules = Rule.all.filter { $0.consumers.contains(consumer) }
      evaluations = rules.map { Evaluation(of: $0) }
      let hasUnits = host.system.family == .freebsd || host.system.family == .dragonfly
      units = hasUnits ? UnitModel(host: host, topology: index.topology) : nil
      let survey = HostSurvey(index, consumer: consumer, allowing: allowing)
      let groups = ReportedGroups(host.functions)
      let viability = GroupViability(for: host)
      self.survey = survey
      self.groups = groups
      groupSurveys = (0..<groups.count).map { place in
        let members = groups.members(at: place)
        return members.count < 2
          ? nil : GroupSurvey(Array(members), host.functions, survey, viability)
      }
    }
  }

  /// What one rule does: a copy of the whole rule for each function would cost more.
  ///
  /// A plain array of functions would pass each context through a copy.
  struct Evaluation: Sendable {
    let evaluate: @Sendable (RuleContext) -> [Finding]

    init(of rule: Rule) { evaluate = rule.evaluate }
  }

  /// The predicted groups, where they are asked for all along.
  private final class Prediction: Sendable {
    let groups: GroupPrediction
    /// The members of each group that are no bridges, in address order.
    let endpoints: [[Int]]
    /// A member of each group for which the firmware wants memory that Linux keeps to.
    let held: [Int: Int]

    init(_ groups: GroupPrediction, _ contents: Contents) {
      self.groups = groups
      var endpoints = [[Int]](repeating: [], count: groups.groups.count)
      let functions = contents.index.host.functions
      for index in contents.index.addresses.sequence {
        guard let place = groups.groupOf[index], groups.groups[place].members.count > 1,
          functions[index].isBridge != true
        else { continue }
        endpoints[place].append(index)
      }
      self.endpoints = endpoints
      var held: [Int: Int] = [:]
      // In address order, so that the order of the list changes nothing.
      let reserved = contents.survey.scopes.reserved
      for index in reserved.isEmpty ? [] : contents.index.addresses.sequence
      where reserved[index] != nil {
        guard let place = groups.groupOf[index], held[place] == nil,
          !groups.groups[place].isInferred,
          !RemappingScopes.isRelaxable(functions[index])
        else { continue }
        held[place] = index
      }
      self.held = held
    }
  }

  /// The most companions that an assessment lists.
  ///
  /// No machine has a group this large; a recording can claim one, and listing
  /// all members for each member would take the square of its size.
  public static let companionLimit = 1024

  /// Makes the tables: one pass over the functions for each.
  ///
  /// With `isBrief` they are for brief assessments only: without an IOMMU every
  /// function is blocked, whatever group it would be in, and none is predicted.
  public init(
    host: Machine, consumer: Consumer, allowing: Set<FunctionAddress> = [], isBrief: Bool = false
  ) {
    contents = Contents(host, consumer, allowing)
    let hasNone = host.iommu.isEnabled == false && host.iommu.isPresent == false
    if contents.groups.isEmpty || consumer == .bhyve, !(isBrief && hasNone) {
      prediction = Prediction(
        groupPrediction(policy: GroupingPolicy(for: host)), contents)
    }
  }

  /// The host.
  public var host: Machine { contents.index.host }
  /// The system that would hand functions over.
  public var consumer: Consumer { contents.consumer }
  /// The functions that may be taken from the host although it needs them.
  public var allowing: Set<FunctionAddress> { contents.allowing }
  /// The tree.
  public var topology: Topology { contents.index.topology }
  /// The host with the tables by which its functions are found.
  public var index: MachineIndex { contents.index }
  /// What each function's capabilities say.
  public var capabilities: [CapabilityFacts] { contents.capabilities }
  /// The rules of the consumer, in order.
  public var rules: [Rule] { contents.rules }
  /// What `rules` do.
  var evaluations: [Evaluation] { contents.evaluations }
  /// The units of FreeBSD's drivers; `nil` on other systems.
  public var units: UnitModel? { contents.units }
  /// The groups that Linux would form; `nil` where the reported ones decide.
  public var isolation: GroupPrediction? { prediction?.groups }
  /// The groups that Linux would form, predicted now where that was not needed before.
  public var predictedGroups: GroupPrediction {
    isolation ?? groupPrediction(policy: GroupingPolicy(for: host))
  }

  private func groupPrediction(policy: GroupingPolicy) -> GroupPrediction {
    GroupPrediction(index, capabilities: capabilities, reported: groups, policy: policy)
  }

  /// The groups that the kernel reports.
  var groups: ReportedGroups { contents.groups }
  /// What rules ask of a function's group; `nil` where it is alone or has none.
  func groupSurvey(of index: Int) -> GroupSurvey? {
    groups.place(of: index).flatMap { contents.groupSurveys[$0] }
  }
  /// Counts and flags of the whole host.
  var survey: HostSurvey { contents.survey }

  /// Whether the consumer's driver holds a function.
  func isHandedOver(_ index: Int) -> Bool {
    consumer.owns(
      driver: host.functions[index].driver?.name, variants: survey.passthroughModules)
  }

  /// The address of function 0 of a function's slot.
  public static func slot(of address: FunctionAddress) -> FunctionAddress {
    FunctionAddress(
      domain: address.domain, bus: address.bus, deviceFunction: address.deviceFunction & 0xf8)
  }

  /// The other physical functions of a function's device that are no bridges, in address order.
  ///
  /// Virtual functions are left out on both sides: they are handed over one by
  /// one, whatever slot their numbers fall in.
  public func siblings(of index: Int) -> [FunctionAddress] {
    let functions = host.functions
    guard !functions[index].isKnownVirtual else { return [] }
    let slot = self.index.addresses.slot(of: index)
    guard slot.count > 1 else { return [] }
    var siblings: [FunctionAddress] = []
    siblings.reserveCapacity(slot.count)
    for other in slot
    where other != index && !functions[other].isKnownVirtual
      && functions[other].isBridge != true
    {
      siblings.append(functions[other].address)
    }
    return siblings
  }

  /// Whether a virtual function is gone when another function of its group goes: the
  /// group takes its physical function along.
  func vanishes(_ member: Int, when index: Int) -> Bool {
    guard host.functions[index].physicalFunction == nil,
      let physical = host.functions[member].physicalFunction.flatMap({ self.index.position(of: $0) }
      )
    else { return false }
    return physical == index || groups.place(of: physical) == groups.place(of: member)
  }

  /// The functions that must go with one, without itself, in address order.
  ///
  /// Linux hands over whole IOMMU groups: every member but the bridges. Where
  /// no groups are reported, they are predicted, if every fact is known.
  /// FreeBSD hands over single functions. `companionLimit` functions at most.
  public func companions(of index: Int) -> [FunctionAddress] {
    guard consumer == .vfio, host.functions[index].isBridge != true else { return [] }
    if host.functions[index].iommuGroup != nil {
      guard let endpoints = groupSurvey(of: index)?.endpoints, endpoints.count > 1 else {
        return []
      }
      return endpoints.prefix(Self.companionLimit + 1)
        .filter { $0 != index && !vanishes($0, when: index) }
        .prefix(Self.companionLimit).map { host.functions[$0].address }
    }
    guard groups.isEmpty, let isolation, let place = isolation.groupOf[index],
      !isolation.groups[place].isInferred
    else { return [] }
    return predictedNeighbours(of: index, limit: Self.companionLimit).shown
  }

  /// The other members of a function's predicted group that are no bridges, in
  /// address order and a limited number of them, and how many there are.
  func predictedNeighbours(
    of index: Int, limit: Int
  ) -> (shown: [FunctionAddress], count: Int) {
    guard let prediction, let place = prediction.groups.groupOf[index] else { return ([], 0) }
    let endpoints = prediction.endpoints[place]
    let count = endpoints.count - (host.functions[index].isBridge == true ? 0 : 1)
    guard count > 0 else { return ([], 0) }
    let shown = endpoints.prefix(limit + 1).filter { $0 != index }.prefix(limit)
    return (shown.map { host.functions[$0].address }, count)
  }

  /// The function for whose sake Linux would refuse one with its IOMMU on: itself, or
  /// another member of the predicted group (reserved regions count for a whole group).
  func reservedMember(with index: Int) -> Int? {
    if survey.scopes.reserved[index] != nil,
      !RemappingScopes.isRelaxable(host.functions[index])
    {
      return index
    }
    return prediction.flatMap { prediction in
      prediction.groups.groupOf[index].flatMap { prediction.held[$0] }
    }
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
