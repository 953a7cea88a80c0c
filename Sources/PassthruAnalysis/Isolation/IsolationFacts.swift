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
  /// Whether a port shows a slot; `nil` for others and where it is not known.
  var implementsSlot: [Bool?]
  /// Whether a port can be plugged while the system runs; `nil` like that.
  var isHotPlugCapable: [Bool?]
  /// Whether everything behind a bridge is seen under one requester id.
  var lendsIdentifier: [Bool]
  /// The endpoint whose requester id a function uses (Intel VMD), by position.
  var identityOf: [Int?]
  /// The bridge that a function's transactions pass first, by position.
  ///
  /// Not the endpoint that a domain behind Intel VMD hangs on: the kernel's bus
  /// of such a domain is a root bus.
  var bridgeAbove: [Int?]

  init(
    _ position: MachineIndex, _ capabilities: [CapabilityFacts], order: [Int],
    policy: GroupingPolicy
  ) {
    let functions = position.host.functions
    let parents = position.topology.parents
    let count = functions.count
    portTypes = [PortType?](repeating: nil, count: count)
    isExpress = capabilities.map { $0.isPCIExpress }
    implementsSlot = capabilities.map { $0.implementsSlot }
    isHotPlugCapable = capabilities.map { $0.isHotPlugCapable }
    isMultiFunction = [Bool](repeating: false, count: count)
    states = [IsolationState](repeating: .conventional, count: count)
    identityOf = [Int?](repeating: nil, count: count)
    lendsIdentifier = [Bool](repeating: false, count: count)
    bridgeAbove = parents
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
        capabilities[index].portType, parent: bridgeAbove[index].map { portTypes[$0] })
      if let parent = parents[index] {
        identityOf[index] = bridgeAbove[index] == nil ? parent : identityOf[parent]
      }
      if function.physicalFunction == nil {
        // The kernel counts every function but number 0 as one of several.
        isMultiFunction[index] =
          function.configuration?.isMultiFunction ?? function.isMultiFunction
          ?? (position.addresses.slot(of: index).count > 1)
          || function.address.deviceFunction & 7 != 0
      }
    }
    let judge = Judge(
      host: position.host, capabilities: capabilities, policy: policy,
      isExcerpt: position.host.isExcerpt,
      override: policy.accessControl == .asRead
        ? nil
        : AccessControlOverride(
          position.host.linux?.commandLine, functions: functions, bridgeAbove: bridgeAbove,
          release: policy.release))
    for index in order {
      states[index] = state(of: index, judge)
      lendsIdentifier[index] = lends(functions[index], index)
    }
  }

  private func lends(_ function: Function, _ index: Int) -> Bool {
    guard function.headerType ?? .bridge != .endpoint, !AliasQuirk.keepsIdentifiers(function)
    else { return false }
    switch isExpress[index] {
    case true: return isType(index, [.expressToPCIBridge, .pciToExpressBridge])
    case false: return true
    case nil: return false
    }
  }

  /// What a function's state is worked out from, besides what stands here already.
  private struct Judge {
    let host: Machine
    let capabilities: [CapabilityFacts]
    let policy: GroupingPolicy
    let isExcerpt: Bool
    /// What the command line does to control registers that Linux would set.
    let override: AccessControlOverride?
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
    of index: Int, _ judge: Judge
  ) -> IsolationState {
    let function = judge.host.functions[index]
    // What a row says that this kernel may lack.
    var possible: (row: AccessControlQuirk, state: IsolationState)?
    var certain: IsolationState?
    for row in AccessControlQuirk.byVendor[function.identity.vendorID] ?? []
    where row.covers(function.identity) {
      guard let state = apply(row, to: index, judge) else { continue }
      guard row.isYounger(than: judge.policy.release) else {
        certain = state
        break
      }
      if possible == nil { possible = (row, state) }
    }
    var state = certain ?? plainState(of: index, judge)
    // Without ids no row speaks, and one might.
    if !function.hasIdentity, state == .noCapability {
      state = .unknown("its ids are not recorded, by which Linux may take its vendor's word")
    }
    if let possible, let since = possible.row.since, possible.state.isolates != state.isolates {
      return .unknown(
        "Linux takes its vendor's word (\(possible.row.name)) from \(since.major).\(since.minor) "
          + "on, and this kernel is older; whether it has that change all the same is not recorded")
    }
    return state
  }

  /// What ACS and the type say, without the table.
  private func plainState(
    of index: Int, _ judge: Judge
  ) -> IsolationState {
    let function = judge.host.functions[index]
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
    case .rootPort, .downstreamPort: return services(of: index, judge)
    case .endpoint, .legacyEndpoint, .upstreamPort, .rootComplexEndpoint:
      if isMultiFunction[index] { return services(of: index, judge) }
      // In a list of all functions one that is alone in its slot is no part of several.
      let isTold =
        function.configuration != nil || function.isMultiFunction != nil || !judge.isExcerpt
      if isTold || services(of: index, judge).isolates { return .singleFunction }
      return .unknown("whether its device has more functions is not recorded")
    default: return .singleFunction
    }
  }

  private func services(
    of index: Int, _ judge: Judge
  ) -> IsolationState {
    let facts = judge.capabilities[index]
    guard let hasServices = facts.hasAccessControlServices else {
      return .unknown("its extended capabilities are not recorded, ACS among them")
    }
    guard hasServices else { return .noCapability }
    guard let supported = facts.accessControlSupported, let enabled = facts.accessControlEnabled
    else { return .unknown("its ACS registers are not recorded") }
    return Self.compare(
      supported: supported.rawValue, enabled: enabled.rawValue, index, judge)
  }

  /// A service that the hardware lacks counts as given, but for Egress Control.
  private static func compare(
    supported: UInt16, enabled firmware: UInt16, _ index: Int, _ judge: Judge, isWide: Bool = false
  ) -> IsolationState {
    let requested: UInt16 = 0x1d
    let supported =
      supported
      & ~AccessControlQuirk.brokenServices(
        of: judge.host.functions[index].identity, release: judge.policy.release)
    var enabled = firmware
    if judge.policy.accessControl == .asLinuxWouldSet {
      enabled |= supported & requested
      if let override = judge.override {
        enabled = override.control(enabled, firmware: firmware, of: index, isWide: isWide)
      }
    }
    let missing = requested & supported & ~enabled
    if missing == 0 { return .servicesOn }
    return .servicesOff(supported: supported, enabled: enabled, missing: missing)
  }

  private func apply(
    _ row: AccessControlQuirk, to index: Int, _ judge: Judge
  ) -> IsolationState? {
    let function = judge.host.functions[index]
    let name = "\(row.name)"
    switch row.condition {
    case .none: break
    case .rootPort: guard isType(index, [.rootPort]) else { return nil }
    case .rootOrDownstreamPort:
      guard isType(index, [.rootPort, .downstreamPort]) else { return nil }
    case .rootComplexEndpoint: guard isType(index, [.rootComplexEndpoint]) else { return nil }
    case .amdSouthbridge:
      guard isMultiFunction[index], bridgeAbove[index] == nil else { return nil }
      if let firmware = judge.host.linux?.acpiTables {
        guard firmware.contains("IVRS") else { return nil }
      } else if judge.host.iommu.kind != .amd {
        return .unknown("whether the firmware has an IVRS table is not recorded")
      }
    }
    switch row.effect {
    case .isolates: return .quirkIsolates(name: name)
    case .doesNotIsolate: return .quirkDoesNotIsolate(name: name)
    case .isolatesWhileSwitchedOn:
      guard judge.policy.accessControl == .asRead else {
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
      guard let offset = space.offset(of: AccessControlServices.id) else { return nil }
      guard let supported = space.doubleWord(at: offset + 4),
        let enabled = space.doubleWord(at: offset + 8)
      else { return .unknown("its ACS registers are not recorded") }
      return Self.compare(
        supported: UInt16(truncatingIfNeeded: supported),
        enabled: UInt16(truncatingIfNeeded: enabled), index, judge, isWide: true)
    }
  }

  private func isType(_ index: Int, _ types: [PortType]) -> Bool {
    guard let type = portTypes[index] else { return false }
    return types.contains(type)
  }
}
