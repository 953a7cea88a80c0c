// SPDX-License-Identifier: Apache-2.0

import PCI
import PCIHost
import Testing

@testable import PassthruAnalysis

/// Cost that grows with the number of functions, and not with its square.
@Suite(.serialized) struct GrowthTests {
  /// A machine with about `count` functions: root ports with two-function cards.
  ///
  /// Without ACS on the ports, all functions of a domain are one group.
  private static func machine(
    _ count: Int, _ family: OperatingSystem.Family, isIsolating: Bool = true
  ) -> Machine {
    var small = SmallHost(family)
    let port = space(header: 1) {
      $0.addExpress(.rootPort)
      if isIsolating { $0.addAccessControl(supported: 0x1d, enabled: 0x1d) }
    }
    let card = space(header: 0x80) {
      $0.addExpress(.endpoint, flr: true)
      $0.add(0x05, [UInt8](repeating: 0, count: 12))
    }
    var domain: UInt32 = 0
    var unit = 0
    while small.host.functions.count < count {
      for slot in 0..<32 {
        let bridge = FunctionAddress(domain: domain, bus: 0, deviceFunction: UInt8(slot << 3))
        small.addBridge(bridge.description, to: UInt8(slot + 1)) {
          $0.configuration = port
          if family == .linux { $0.iommuGroup = unit * 2 }
        }
        for function in 0..<2 {
          let address = FunctionAddress(
            domain: domain, bus: UInt8(slot + 1), deviceFunction: UInt8(function))
          small.add(address.description) {
            $0.upstream = .bridge(bridge)
            $0.configuration = card
            $0.driver = DriverBinding(
              name: "em", unit: family == .linux ? nil : unit * 2 + function)
            $0.baseAddressRegisters = [windowAt(0, size: 4096)]
            if family == .linux { $0.iommuGroup = unit * 2 + 1 }
          }
        }
        unit += 1
      }
      domain += 1
    }
    return small.host
  }

  /// The shortest of some runs, for each function.
  private static func cost(_ host: Machine, _ consumer: Consumer) -> Double {
    let clock = ContinuousClock()
    var best = Duration.seconds(1000)
    for _ in 0..<2 {
      let time = clock.measure {
        let groups = GroupPrediction(host: host).groups.count
        let count = host.assessments(for: consumer).count
        precondition(groups > 0 && count == host.functions.count)
      }
      best = min(best, time)
    }
    return Double(best.components.attoseconds) / 1e12 + Double(best.components.seconds) * 1e6
  }

  @Test(arguments: [(OperatingSystem.Family.linux, Consumer.vfio), (.freebsd, .bhyve)])
  func costOfAFunctionDoesNotGrow(
    _ family: OperatingSystem.Family, _ consumer: Consumer
  ) {
    let small = Self.machine(512, family)
    let large = Self.machine(4_096, family)
    let first = Self.cost(small, consumer) / Double(small.functions.count)
    let second = Self.cost(large, consumer) / Double(large.functions.count)
    print(
      "growth: \(consumer): \(first) us a function of \(small.functions.count), "
        + "\(second) us of \(large.functions.count)")
    // Linear cost would be 1, the square 8; caches and other processes take some.
    #expect(second < 3 * first)
  }

  /// FreeBSD has no groups: what is not isolated is told, and not all of it each time.
  @Test func oneHugePredictedGroupStaysInBounds() {
    var host = Self.machine(2_048, .freebsd, isIsolating: false)
    // One slot of one root bus, as no machine has it: all ports are one device's.
    for index in host.functions.indices where host.functions[index].headerType == .bridge {
      host.functions[index].upstream = .bridge(host.functions[0].address)
    }
    host.functions[0].upstream = .rootBus(host.functions[0].address.busAddress)
    #expect(GroupPrediction(host: host).groups.contains { $0.members.count > 1_500 })
    let found = host.assessments(for: .bhyve).flatMap(\.findings)
      .filter { $0.id == "group.not-isolated" }
    #expect(found.count > 1_000)
    #expect(found.allSatisfy { $0.related.count == 32 && $0.evidence.utf8.count < 600 })
    #expect(found.allSatisfy { $0.evidence.contains(" more: ") })
  }

  /// A recording can claim a group of any size.
  @Test func oneHugeGroupStaysInBounds() {
    var host = Self.machine(2_048, .linux)
    for index in host.functions.indices { host.functions[index].iommuGroup = 7 }
    let found = host.assessments(for: .vfio)
    #expect(found.allSatisfy { $0.together.count <= HostTables.companionLimit })
    #expect(found.contains { $0.together.count == HostTables.companionLimit })
  }
}
