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
  /// The positions in `host.childDevices` of what drivers made of each function.
  public let children: [Int: [Int]]
  /// The rules of the consumer, in order.
  public let rules: [Rule]
  /// The units of FreeBSD's drivers; `nil` on other systems.
  public let units: UnitModel?
  /// Whether the source says what windows functions have.
  ///
  /// `pciconf -l` without `-b` does not.
  public let recordsWindows: Bool

  /// Makes the tables: one pass over the functions for each.
  public init(host: Host, consumer: Consumer, allowing: Set<FunctionAddress> = []) {
    self.host = host
    self.consumer = consumer
    self.allowing = allowing
    topology = Topology(host)
    positions = host.indexByAddress
    var groups: [Int: [Int]] = [:]
    var slots: [FunctionAddress: [Int]] = [:]
    var recordsWindows = false
    for (index, function) in host.functions.enumerated() {
      if let group = function.iommuGroup { groups[group, default: []].append(index) }
      slots[Self.slot(of: function.address), default: []].append(index)
      if !function.baseAddressRegisters.isEmpty { recordsWindows = true }
    }
    reportedGroups = groups
    self.slots = slots
    self.recordsWindows = recordsWindows
    capabilities = host.functions.map { $0.capabilityFacts }
    var children: [Int: [Int]] = [:]
    for (index, child) in host.childDevices.enumerated() {
      if let function = positions[child.function] { children[function, default: []].append(index) }
    }
    self.children = children
    rules = Rule.all.filter { $0.consumers.contains(consumer) }
    let hasUnits = host.system.family == .freebsd || host.system.family == .dragonfly
    units = hasUnits ? UnitModel(host: host, topology: topology) : nil
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
    let function = host.functions[index]
    guard function.physicalFunction == nil else { return [] }
    return (slots[Self.slot(of: function.address)] ?? []).filter {
      $0 != index && host.functions[$0].physicalFunction == nil
    }
  }

  /// The functions that must go with one, without itself, in address order.
  ///
  /// Linux hands over whole IOMMU groups: every member but the bridges.
  /// FreeBSD hands over single functions.
  public func companions(of index: Int) -> [FunctionAddress] {
    guard consumer == .vfio, let group = host.functions[index].iommuGroup,
      host.functions[index].isBridge != true
    else { return [] }
    return (reportedGroups[group] ?? [])
      .filter { $0 != index && host.functions[$0].isBridge != true }
      .map { host.functions[$0].address }.sorted()
  }
}
