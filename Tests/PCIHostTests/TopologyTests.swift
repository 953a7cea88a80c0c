// SPDX-License-Identifier: Apache-2.0

import PCI
import Testing

@testable import PCIHost

@Suite("Topology")
struct TopologyTests {
  @Test func pathsLeadFromTheRoot() {
    let topology = Topology(SnapshotTests.host())
    #expect(topology.paths == ["pci0000:00/1c.0", "pci0000:00/1c.0/00.1"])
    #expect(topology.ancestors(of: 1) == [0])
    #expect(topology.descendants(of: 0) == [1])
    #expect(topology.detached.isEmpty)
  }

  @Test func busNumbersGiveTheTree() {
    var host = Machine(
      source: Source(kind: .lspci, location: "test"), system: OperatingSystem(family: .linux))
    var port = function(0, 0, 1, 0)
    port.headerType = .bridge
    port.bridge = BridgeBuses(primary: 0, secondary: 1, subordinate: 2)
    var inner = function(0, 1, 0, 0)
    inner.headerType = .bridge
    inner.bridge = BridgeBuses(primary: 1, secondary: 2, subordinate: 2)
    host.functions = [port, inner, function(0, 2, 0, 0), function(0, 0x80, 0, 0)]
    host.deriveUpstream()
    #expect(
      Topology(host).paths == [
        "pci0000:00/01.0", "pci0000:00/01.0/00.0", "pci0000:00/01.0/00.0/00.0", "pci0000:80/00.0",
      ])
    #expect(host.gaps.isEmpty)
  }

  @Test func hostileBusNumbersMakeNoLoop() {
    var host = Machine(
      source: Source(kind: .lspci, location: "test"), system: OperatingSystem(family: .linux))
    var first = function(0, 5, 0, 0)
    first.upstream = .bridge(address(0, 6, 0, 0))
    var second = function(0, 6, 0, 0)
    second.upstream = .bridge(address(0, 5, 0, 0))
    var own = function(0, 7, 0, 0)
    own.upstream = .bridge(address(0, 7, 0, 0))
    host.functions = [first, second, own]
    let topology = Topology(host)
    #expect(topology.detached.count == 3)
    #expect(topology.paths.allSatisfy { $0 == nil })
    for index in 0..<3 { #expect(topology.ancestors(of: index).isEmpty) }
  }

  @Test func unnumberedBridgesLeaveAGap() {
    var host = Machine(
      source: Source(kind: .pciconf, location: "test"), system: OperatingSystem(family: .freebsd))
    var port = function(0, 0, 1, 0)
    port.headerType = .bridge
    host.functions = [port, function(0, 1, 0, 0)]
    host.deriveUpstream()
    #expect(host.functions[1].upstream == .unknown)
    #expect(host.gaps.first?.fact == "topology")
    #expect(host.gaps.first?.remedy != nil)
  }
}
