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
  /// The ports that isolate what is behind them, in address order.
  public let isolatedSlots: [IsolatedSlot]
  /// The policy that was followed.
  public let policy: GroupingPolicy

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
    isolatedSlots = assembly.isolatedSlots(simulation)
    self.joins = joins
    self.facts = facts
  }

  /// Why functions have no group, by position; `nil` for those that have.
  private static func withoutGroup(_ host: Machine, hasReported: Bool) -> [String?] {
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
      default: return "no remapping unit covers it"
      }
    }
  }

  /// The nearest bridge above a function that lends everything behind it one requester id.
  func lendingBridge(above index: Int) -> Int? {
    guard let facts else { return nil }
    var current = index
    // A domain has 256 buses, so that no way to its root is longer.
    for _ in 0..<256 {
      guard let bridge = facts.bridgeAbove[current] else { return nil }
      switch facts.isExpress[bridge] {
      case false: return bridge
      case true:
        let type = facts.portTypes[bridge]
        if type == .expressToPCIBridge || type == .pciToExpressBridge { return bridge }
      case nil: break
      }
      current = bridge
    }
    return nil
  }
}
