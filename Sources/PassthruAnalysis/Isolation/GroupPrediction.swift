// SPDX-License-Identifier: Apache-2.0

internal import PCI
public import PCIHost

/// The IOMMU groups that Linux would form on a host, with the reasons.
///
/// With the IOMMU on it is what the kernel did; with it off, or on another
/// system, it is what Linux would do, with ACS as Linux would set it. FreeBSD
/// has no groups and checks no ACS: there the groups say which devices can
/// reach each other's memory all the same.
public struct GroupPrediction: Sendable {
  /// The groups, by their first member; functions without a group are in none.
  public let groups: [IsolationGroup]
  /// The place in `groups` of each function's group, by the function's position in the host.
  public let groupOf: [Int?]
  /// The functions that have no group, in address order.
  public let ungrouped: [UngroupedFunction]
  /// The comparison with the reported groups; `nil` where none are reported.
  public let agreement: GroupAgreement?
  /// Why nothing is predicted on this machine; `nil` where something is.
  public let notPredicted: String?
  /// What is to be said of all groups of this host, sentence by sentence.
  public let notes: [String]
  /// The slots that isolate what is in them, in address order.
  ///
  /// Ports that show a slot (Slot Implemented) where a card can be put: not those
  /// behind Intel VMD, and no hot-plug ports of a laptop or of Thunderbolt.
  public let isolatedSlots: [IsolatedSlot]
  /// The policy that was followed.
  public let policy: GroupingPolicy

  /// Isolated ports that show no slot though boards may have one there, in address order.
  let isolatedPorts: [IsolatedSlot]
  let joins: [GroupSimulation.Join?]
  let facts: IsolationFacts?

  /// Predicts the groups of a host, by its own kernel's policy or by another.
  public init(host: Machine, policy: GroupingPolicy? = nil) {
    self.init(
      MachineIndex(host), capabilities: host.functions.map { $0.capabilityFacts },
      reported: ReportedGroups(host.functions), policy: policy ?? GroupingPolicy(for: host))
  }

  /// Predicts the groups of a host, by a kernel's policy.
  ///
  /// - Parameters:
  ///   - index: The host.
  ///   - capabilities: What each function's capabilities say.
  ///   - reported: The groups that the kernel reports.
  ///   - policy: How the kernel groups.
  init(
    _ index: MachineIndex, capabilities: [CapabilityFacts], reported: ReportedGroups,
    policy: GroupingPolicy
  ) {
    let host = index.host
    let functions = host.functions
    self.policy = policy
    if case .notPredicted(let reason) = policy.algorithm {
      groups = []
      groupOf = [Int?](repeating: nil, count: functions.count)
      ungrouped = []
      agreement = nil
      notPredicted = reason
      notes = []
      isolatedSlots = []
      isolatedPorts = []
      joins = []
      facts = nil
      return
    }
    let order = DeviceOrder(index).sequence
    let facts = IsolationFacts(index, capabilities, order: order, policy: policy)
    let without = Self.withoutGroup(host, hasReported: !reported.isEmpty)
    let simulation = GroupSimulation(
      index, facts, order: order, excluded: without.map { $0 != nil })
    var partition = simulation.groups
    var count = simulation.groupCount
    var joins = simulation.joins
    if policy.algorithm == .perFunction {
      partition = functions.indices.map { $0 }
      count = functions.count
      joins = [GroupSimulation.Join?](repeating: nil, count: count)
    }
    let assembly = GroupAssembly(
      index, reported, facts, partition: partition, count: count, joins: joins,
      missing: simulation.missing, caveat: policy.caveat)
    groups = assembly.groups
    groupOf = assembly.groupOf
    agreement = assembly.agreement
    ungrouped = without.enumerated().compactMap { index, reason in
      reason.map { UngroupedFunction(address: functions[index].address, reason: $0) }
    }
    .sorted { $0.address < $1.address }
    notPredicted = nil
    var notes: [String] = []
    if AccessControlOverride.isFictional(host.linux?.commandLine) {
      notes.append(
        "pcie_acs_override is on the kernel's command line: the reported groups are asserted and "
          + "not enforced, and the predicted ones are what the hardware keeps apart")
    }
    if policy.accessControl == .asLinuxWouldSet, reported.isEmpty {
      notes.append("the groups are what Linux would form with its IOMMU on")
    }
    self.notes = notes
    isolatedSlots = assembly.isolatedPorts(simulation, withSlot: true)
    isolatedPorts = assembly.isolatedPorts(simulation, withSlot: false)
    self.joins = joins
    self.facts = facts
  }

  /// Why functions have no group, by position; `nil` for those that have.
  static func withoutGroup(_ host: Machine, hasReported: Bool) -> [String?] {
    host.functions.map { function in
      if function.iommuGroup != nil { return nil }
      if function.classCode?.baseAndSubClass == 0x0806 || function.isVirtioIOMMU {
        return "it is the IOMMU itself"
      }
      guard hasReported else { return nil }
      switch host.iommu.kind {
      case .smmu, .smmuV3, .virtio:
        return function.driver == nil
          ? "with this IOMMU a group forms when a driver first tries the function, and none did"
          : "the IOMMU refused it: another function has the same stream id, or it serves none"
      case nil:
        return "the kernel gave it none, and the kind of the IOMMU, which would tell why, is not "
          + "recorded"
      default: return "no remapping unit covers it"
      }
    }
  }

  /// Whether a card could be moved from where a function is to an isolated slot.
  ///
  /// Not what is part of the processor or chipset, and not to the port it is behind.
  func hasIsolatedSlot(for position: Int, _ index: MachineIndex) -> Bool {
    guard let facts, facts.bridgeAbove[position] != nil, !index.isPartOfChipset(position) else {
      return false
    }
    let way = facts.way(to: position)
    return isolatedSlots.contains { slot in
      index.position(of: slot.port).map { !way.contains($0) } ?? false
    }
  }

  /// The nearest bridge above a function that lends everything behind it one requester id.
  func lendingBridge(above index: Int) -> Int? {
    guard let facts else { return nil }
    var current = index
    // A domain has 256 buses, so that no way to its root is longer.
    for _ in 0..<256 {
      guard let bridge = facts.bridgeAbove[current] else { return nil }
      if facts.lendsIdentifier[bridge] { return bridge }
      current = bridge
    }
    return nil
  }
}
