// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

/// What grouping needs to know of each function, worked out once.
struct IsolationFacts: Sendable {
  /// The PCI Express type as the kernel corrects it; `nil` for conventional and unknown.
  var portTypes: [PortType?]
  /// Whether a function is PCI Express; `nil` where its capabilities are not known.
  var isExpress: [Bool?]
  /// Whether the kernel counts a function as one of several.
  var isMultiFunction: [Bool]
  /// Whether each isolates.
  var states: [IsolationState]
  /// The endpoint whose requester id a function uses (Intel VMD), by position.
  var identityOf: [Int?]
  /// The bridge that a function's transactions pass first, by position.
  ///
  /// Not the endpoint that a domain behind Intel VMD hangs on: the kernel's bus
  /// of such a domain is a root bus.
  var bridgeAbove: [Int?]

  init(_ tables: HostTables, order: [Int], policy: GroupingPolicy) {
    let functions = tables.host.functions
    let count = functions.count
    portTypes = [PortType?](repeating: nil, count: count)
    isExpress = tables.capabilities.map { $0.isPCIExpress }
    isMultiFunction = [Bool](repeating: false, count: count)
    states = [IsolationState](repeating: .conventional, count: count)
    identityOf = [Int?](repeating: nil, count: count)
    bridgeAbove = tables.topology.parents
    for index in functions.indices {
      guard let parent = bridgeAbove[index] else { continue }
      let isBridge = functions[parent].isBridge ?? true
      if !isBridge, functions[parent].address.domain != functions[index].address.domain {
        bridgeAbove[index] = nil
      }
    }
    // Parents come before children in the order, so corrections run downwards.
    for index in order {
      let function = functions[index]
      portTypes[index] = Self.correct(
        tables.capabilities[index].portType, parent: bridgeAbove[index].map { portTypes[$0] })
      if let parent = tables.topology.parents[index] {
        identityOf[index] = bridgeAbove[index] == nil ? parent : identityOf[parent]
      }
      if function.physicalFunction == nil {
        // The kernel counts every function but number 0 as one of several.
        isMultiFunction[index] =
          function.configuration?.isMultiFunction ?? function.isMultiFunction ?? false
          || function.address.deviceFunction & 7 != 0
      }
    }
    for index in order {
      states[index] = state(of: index, tables, policy)
    }
  }

  /// Linux, drivers/pci/probe.c, `set_pcie_port_type`: impossible types are corrected.
  private static func correct(_ type: PortType?, parent: PortType??) -> PortType? {
    guard let parent, let above = parent else { return type }
    switch type {
    case .some(.downstreamPort):
      switch above {
      case .rootPort, .downstreamPort, .pciToExpressBridge: return .upstreamPort
      default: return type
      }
    case .some(.upstreamPort): return above == .upstreamPort ? .downstreamPort : type
    default: return type
    }
  }

  private func state(
    of index: Int, _ tables: HostTables, _ policy: GroupingPolicy
  ) -> IsolationState {
    let function = tables.host.functions[index]
    var possible: AccessControlQuirk?
    if let rows = AccessControlQuirk.byVendor[function.identity.vendorID] {
      for row in rows where row.covers(function.identity) {
        guard let state = apply(row, to: index, tables, policy) else { continue }
        guard row.isYounger(than: policy.release) else { return state }
        if possible == nil, state.isolates { possible = row }
      }
    }
    let state = plainState(of: index, tables, policy)
    if let possible, !state.isolates {
      return .unknown(
        "mainline kernels take its vendor's word (\(possible.name)) from "
          + "\(possible.since?.major ?? 0).\(possible.since?.minor ?? 0) on, and this one may")
    }
    return state
  }

  /// What ACS and the type say, without the table.
  private func plainState(
    of index: Int, _ tables: HostTables, _ policy: GroupingPolicy
  ) -> IsolationState {
    let function = tables.host.functions[index]
    // A virtual function has a PCI Express capability and counts as single.
    if function.physicalFunction != nil { return .singleFunction }
    guard let isExpress = isExpress[index] else {
      return .unknown("its capabilities are not recorded")
    }
    guard isExpress else { return .conventional }
    guard let type = portTypes[index] else {
      return .unknown("its PCI Express capability is not readable")
    }
    switch type {
    case .pciToExpressBridge, .expressToPCIBridge, .rootComplexEventCollector:
      return .neverIsolates(type)
    case .rootPort, .downstreamPort: return services(of: index, tables, policy)
    case .endpoint, .legacyEndpoint, .upstreamPort, .rootComplexEndpoint:
      return isMultiFunction[index] ? services(of: index, tables, policy) : .singleFunction
    default: return .singleFunction
    }
  }

  private func services(
    of index: Int, _ tables: HostTables, _ policy: GroupingPolicy
  ) -> IsolationState {
    let facts = tables.capabilities[index]
    guard let hasServices = facts.hasAccessControlServices else {
      return .unknown("its extended capabilities are not recorded, ACS among them")
    }
    guard hasServices else { return .noCapability }
    guard let supported = facts.accessControlSupported, let enabled = facts.accessControlEnabled
    else { return .unknown("its ACS registers are not recorded") }
    return Self.compare(
      supported: supported.rawValue, enabled: enabled.rawValue, tables, index, policy)
  }

  /// A service that the hardware lacks counts as given, but for Egress Control.
  private static func compare(
    supported: UInt16, enabled: UInt16, _ tables: HostTables, _ index: Int,
    _ policy: GroupingPolicy
  ) -> IsolationState {
    let requested: UInt16 = 0x1d
    var enabled = enabled
    if policy.accessControl == .asLinuxWouldSet {
      enabled |= supported & requested
      enabled = AccessControlOverride.apply(
        tables.host.linux?.commandLine, to: tables.host.functions[index], control: enabled)
    }
    let missing = requested & supported & ~enabled
    if missing == 0 { return .servicesOn }
    return .servicesOff(supported: supported, enabled: enabled, missing: missing)
  }

  private func apply(
    _ row: AccessControlQuirk, to index: Int, _ tables: HostTables, _ policy: GroupingPolicy
  ) -> IsolationState? {
    let function = tables.host.functions[index]
    let name = "\(row.name)"
    switch row.condition {
    case .none: break
    case .rootPort: guard isType(index, [.rootPort]) else { return nil }
    case .rootOrDownstreamPort:
      guard isType(index, [.rootPort, .downstreamPort]) else { return nil }
    case .rootComplexEndpoint: guard isType(index, [.rootComplexEndpoint]) else { return nil }
    case .amdSouthbridge:
      guard isMultiFunction[index], bridgeAbove[index] == nil else { return nil }
      if let firmware = tables.host.linux?.acpiTables {
        guard firmware.contains("IVRS") else { return nil }
      } else if tables.host.iommu.kind != .amd {
        return .unknown("whether the firmware has an IVRS table is not recorded")
      }
    }
    switch row.effect {
    case .isolates: return .quirkIsolates(name: name)
    case .doesNotIsolate: return .quirkDoesNotIsolate(name: name)
    case .isolatesWhileSwitchedOn:
      guard policy.accessControl == .asRead else {
        return .unknown("the chipset's own registers decide (\(name))")
      }
      guard let register = function.configuration?.doubleWord(at: 0xd8) else {
        return .unknown("the chipset's own registers decide (\(name)), and 0xd8 was not read")
      }
      return register[bit: 26] ? .quirkIsolates(name: name) : .quirkDoesNotIsolate(name: name)
    case .wideRegisters:
      guard let space = function.configuration else {
        return .unknown("its ACS registers are not recorded")
      }
      guard space.count > ConfigurationSpace.conventionalSize else {
        return .unknown("its extended capabilities are not recorded, ACS among them")
      }
      guard let offset = space.offset(of: .extended(.accessControlServices)) else { return nil }
      guard let supported = space.doubleWord(at: offset + 4),
        let enabled = space.doubleWord(at: offset + 8)
      else { return .unknown("its ACS registers are not recorded") }
      return Self.compare(
        supported: UInt16(truncatingIfNeeded: supported),
        enabled: UInt16(truncatingIfNeeded: enabled), tables, index, policy)
    }
  }

  private func isType(_ index: Int, _ types: [PortType]) -> Bool {
    guard let type = portTypes[index] else { return false }
    return types.contains(type)
  }
}
