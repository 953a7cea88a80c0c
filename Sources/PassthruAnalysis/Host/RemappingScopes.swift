// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

/// Which functions the scopes of the firmware's table DMAR mean.
struct RemappingScopes: Sendable {
  /// The place in `reservedMemory` of what is wanted for a function, by position.
  private(set) var reserved: [Int: Int] = [:]
  /// The functions that FreeBSD's vmm finds in the scope of no unit, in address order.
  private(set) var uncovered: [FunctionAddress] = []
  /// The positions of `uncovered`.
  private var uncoveredPositions = Set<Int>()

  init(_ host: Machine, _ index: AddressIndex, _ topology: Topology) {
    guard let remapping = host.remapping else { return }
    findReserved(remapping, host, index, topology)
    if host.system.family != .linux { findUncovered(remapping, host, index) }
  }

  /// Whether vmm finds a function in the scope of no unit.
  func isUncovered(_ position: Int) -> Bool { uncoveredPositions.contains(position) }

  /// Whether Linux lets a function go although the firmware wants memory for it.
  ///
  /// USB controllers and displays (drivers/iommu/intel/iommu.c,
  /// `device_rmrr_is_relaxable`, Linux 5.3 and later).
  static func isRelaxable(_ function: Function) -> Bool {
    function.classCode?.baseClass == 0x03 || function.classCode?.baseAndSubClass == 0x0c03
  }

  /// Finds what reserved memory names: endpoints, and bridges with all below them.
  private mutating func findReserved(
    _ remapping: RemappingFacts, _ host: Machine, _ index: AddressIndex, _ topology: Topology
  ) {
    var bridges: [Int: Int] = [:]
    for (place, memory) in remapping.reservedMemory.enumerated() {
      for scope in memory.scopes where scope.kind == 1 || scope.kind == 2 {
        guard let position = Self.resolve(scope, memory.domain, host, index) else { continue }
        if reserved[position] == nil { reserved[position] = place }
        if scope.kind == 2, bridges[position] == nil { bridges[position] = place }
      }
    }
    guard !bridges.isEmpty else { return }
    for position in host.functions.indices where reserved[position] == nil {
      var above = topology.parents[position]
      // A domain has 256 buses, so that no way to its root is longer.
      for _ in 0..<256 {
        guard let bridge = above else { break }
        if let place = bridges[bridge] {
          reserved[position] = place
          break
        }
        above = topology.parents[bridge]
      }
    }
  }

  /// The function at the end of a scope's way through bridges.
  private static func resolve(
    _ scope: DeviceScope, _ domain: UInt32, _ host: Machine, _ index: AddressIndex
  ) -> Int? {
    var bus = scope.bus
    var position: Int?
    for step in scope.path {
      if let bridge = position {
        guard let buses = host.functions[bridge].bridge else { return nil }
        bus = buses.secondary
      }
      position = index.position(
        of: FunctionAddress(domain: domain, bus: bus, deviceFunction: step))
      if position == nil { return nil }
    }
    return position
  }

  /// FreeBSD, sys/amd64/vmm/intel/vtd.c, `vtd_device_scope`: domains are not looked at.
  private mutating func findUncovered(
    _ remapping: RemappingFacts, _ host: Machine, _ index: AddressIndex
  ) {
    let units = remapping.units.prefix(max(0, remapping.leadingUnits))
    guard !units.isEmpty, !units.contains(where: { $0.servesRest }),
      host.freeBSD?.environment("vtd.regmap.0.addr") == nil
    else { return }
    var named = Set<UInt16>()
    for unit in units {
      for scope in unit.scopes where scope.kind == 1 || scope.kind == 2 {
        if let step = scope.path.first { named.insert(UInt16(scope.bus) << 8 | UInt16(step)) }
      }
    }
    for position in index.sequence {
      let address = host.functions[position].address
      if address.domain == 0, address.function < 8, !named.contains(address.requesterID) {
        uncovered.append(address)
        uncoveredPositions.insert(position)
      }
    }
  }
}
