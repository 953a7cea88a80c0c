// SPDX-License-Identifier: Apache-2.0

import PCI
import PCIHost
import Testing

@testable import PassthruAnalysis

/// Why two functions share a group, and what would part them.
///
/// What is right is Linux's own grouping (drivers/iommu/iommu.c, `pci_device_group`): a
/// remedy is named only where grouping the changed machine parts the two.
@Suite struct PairExplanationTests {
  /// A port's space: with ACS that is on, or without; with a slot, or without.
  private static func port(
    _ type: PortType = .rootPort, isolates: Bool, slot: Bool = true, hotPlug: Bool = false
  ) -> ConfigurationSpace {
    space(header: 1) {
      $0.addExpress(type, slot: slot, hotPlug: hotPlug)
      if isolates { $0.addAccessControl(supported: 0x1d, enabled: 0x1d) }
    }
  }

  private func endpoint(header: UInt8 = 0, isolates: Bool = false) -> ConfigurationSpace {
    space(header: header) {
      $0.addExpress(.endpoint)
      if isolates { $0.addAccessControl(supported: 0x1d, enabled: 0x1d) }
    }
  }

  /// An empty isolated slot under 00:1b.0, and a root port without ACS at 00:1c.0.
  private func machine(isolates: Bool = false, slot: Bool = true) -> SmallHost {
    var small = SmallHost()
    small.addBridge("00:1b.0", to: 9) { $0.configuration = Self.port(isolates: true) }
    small.addBridge("00:1c.0", to: 1) {
      $0.configuration = Self.port(isolates: isolates, slot: slot)
    }
    return small
  }

  private func why(_ small: SmallHost, _ one: String, _ other: String) throws -> PairExplanation {
    try #require(GroupPrediction(host: small.host).why(at(one), at(other), host: small.host))
  }

  @Test func explainsAPair() throws {
    var small = machine()
    for device in 0..<2 {
      small.add("01:0\(device).0") {
        $0.upstream = .bridge(at("00:1c.0"))
        $0.configuration = endpoint()
      }
    }
    let answer = try why(small, "01:00.0", "01:01.0")
    #expect(answer.isTogether)
    #expect(answer.reasons.map(\.hop) == [at("00:1c.0")])
    #expect(answer.reasons[0].text.contains("has no ACS capability"))
    #expect(answer.hops.map(\.address) == [at("00:1c.0"), at("01:00.0"), at("01:01.0")])
    #expect(answer.hops.map(\.depth) == [0, 1, 1])
    #expect(answer.hops.map(\.joins) == [.path, nil, nil])
    #expect(answer.remedy?.contains("0000:00:1b.0") == true)
    let apart = try why(small, "01:00.0", "00:1b.0")
    #expect(!apart.isTogether && apart.reasons.isEmpty && apart.remedy == nil)
    // 01:00.0 shares its group with others: it has none of its own.
    #expect(apart.summary.hasSuffix("are in different groups"))
    #expect(
      GroupPrediction(host: small.host).why(at("01:00.0"), at("44:00.0"), host: small.host) == nil)
    #expect(try why(small, "01:00.0", "01:00.0").summary == "0000:01:00.0 is one function")
  }

  /// Another slot parts the functions of one device only if the device itself does.
  @Test(
    arguments: [
      (true, "moving their card to the slot under 0000:00:1b.0"),
      (false, "nothing: functions of one device"), (nil, "another slot, if their device"),
    ] as [(Bool?, String)])
  func anotherSlotForOneDevice(_ isolates: Bool?, _ remedy: String) throws {
    var small = machine()
    for function in 0..<2 {
      small.add("01:00.\(function)") {
        $0.upstream = .bridge(at("00:1c.0"))
        if let isolates { $0.configuration = endpoint(header: 0x80, isolates: isolates) }
      }
    }
    let answer = try why(small, "01:00.0", "01:00.1")
    #expect(answer.isTogether)
    #expect(answer.remedy?.hasPrefix(remedy) == true, "\(answer.remedy ?? "none")")
  }

  /// Two ports on one way, both without ACS: both are named, and mending one changes nothing.
  @Test func everyHopThatJoinsIsNamed() throws {
    var small = machine()
    small.addBridge("01:00.0", to: 2) {
      $0.upstream = .bridge(at("00:1c.0"))
      $0.configuration = Self.port(.upstreamPort, isolates: false)
    }
    for (device, bus) in [(0, UInt8(3)), (1, 4)] {
      small.addBridge("02:0\(device).0", to: bus) {
        $0.upstream = .bridge(at("01:00.0"))
        $0.configuration = Self.port(.downstreamPort, isolates: true, slot: false)
      }
      small.add("0\(bus):00.0") {
        $0.upstream = .bridge(at("02:0\(device).0"))
        $0.configuration = endpoint()
      }
    }
    func change(_ small: inout SmallHost, _ address: String, _ space: ConfigurationSpace) {
      for index in small.host.functions.indices
      where small.host.functions[index].address == at(address) {
        small.host.functions[index].configuration = space
      }
    }
    // A single upstream port isolates: only the root port is to blame.
    #expect(try why(small, "03:00.0", "04:00.0").reasons.map(\.hop) == [at("00:1c.0")])
    // With a downstream port that is open on its own side only, the root port is still enough.
    change(&small, "02:00.0", Self.port(.downstreamPort, isolates: false, slot: false))
    #expect(try why(small, "03:00.0", "04:00.0").reasons.map(\.hop) == [at("00:1c.0")])
    change(&small, "01:00.0", space(header: 0x81) { $0.addExpress(.upstreamPort) })
    let answer = try why(small, "03:00.0", "04:00.0")
    #expect(Set(answer.reasons.map(\.hop)) == [at("00:1c.0"), at("01:00.0")])
    #expect(answer.summary.hasSuffix("because of 2 hops, and mending one of them changes nothing"))
    // Both are on one card with its own switch: another slot parts them no more than this one.
    #expect(answer.remedy?.hasPrefix("nothing") == true, "\(answer.remedy ?? "none")")
    // Trying it: with ACS on either of the two alone, they stay together.
    for (address, type) in [("00:1c.0", PortType.rootPort), ("01:00.0", .upstreamPort)] {
      var mended = small
      change(
        &mended, address,
        space(header: 0x81) {
          $0.addExpress(type)
          $0.addAccessControl(supported: 0x1d, enabled: 0x1d)
        })
      #expect(try why(mended, "03:00.0", "04:00.0").isTogether)
    }
  }

  /// A virtual function moves with its physical one.
  @Test func aVirtualFunctionMovesWithItsCard() throws {
    var small = machine()
    small.add("01:00.0") {
      $0.upstream = .bridge(at("00:1c.0"))
      $0.configuration = endpoint()
    }
    small.add("01:10.0") {
      $0.upstream = .bridge(at("00:1c.0"))
      $0.physicalFunction = at("01:00.0")
      $0.configuration = endpoint()
    }
    let answer = try why(small, "01:10.0", "01:00.0")
    #expect(answer.remedy?.hasPrefix("moving their card to the slot under 0000:00:1b.0") == true)
  }

  /// A port is above its device wherever the device goes, and it stays with the host.
  @Test func aPortAboveItsDevice() throws {
    var small = machine()
    small.add("01:00.0") {
      $0.upstream = .bridge(at("00:1c.0"))
      $0.configuration = endpoint()
    }
    for (one, other) in [("00:1c.0", "01:00.0"), ("01:00.0", "00:1c.0")] {
      #expect(try why(small, one, other).remedy?.hasPrefix("nothing, and nothing has to") == true)
    }
  }

  /// Conventional cards behind one bridge share its requester id in each of its slots.
  @Test func conventionalCardsBehindOneBridge() throws {
    var small = machine(isolates: true, slot: false)
    small.addBridge("01:00.0", to: 2) {
      $0.upstream = .bridge(at("00:1c.0"))
      $0.configuration = space(header: 1) { $0.addExpress(.expressToPCIBridge) }
    }
    for device in 1...2 {
      small.add("02:0\(device).0") {
        $0.upstream = .bridge(at("01:00.0"))
        $0.configuration = space { _ in }
      }
    }
    let answer = try why(small, "02:01.0", "02:02.0")
    #expect(answer.reasons.map(\.kind) == [.bridge])
    #expect(
      answer.remedy?.hasPrefix("nothing: everything behind 0000:01:00.0 has one requester id")
        == true, "\(answer.remedy ?? "none")")
  }

  /// The port that a card is behind is no place to move it to, be it isolated.
  @Test func theOwnPortIsNoRemedy() throws {
    var small = SmallHost()
    small.addBridge("00:1c.0", to: 1) { $0.configuration = Self.port(isolates: true) }
    for function in 0..<2 {
      small.add("01:00.\(function)") {
        $0.upstream = .bridge(at("00:1c.0"))
        $0.configuration = endpoint(header: 0x80)
      }
    }
    #expect(GroupPrediction(host: small.host).isolatedSlots.map(\.port) == [at("00:1c.0")])
    #expect(try why(small, "01:00.0", "01:00.1").remedy?.contains("00:1c.0") == false)
  }

  /// Where the kernel's groups are others, they are the answer.
  @Test func theKernelsGroupsWin() throws {
    var small = machine()
    for device in 0..<2 {
      small.add("01:0\(device).0") {
        $0.upstream = .bridge(at("00:1c.0"))
        $0.configuration = endpoint()
      }
    }
    for index in small.host.functions.indices { small.host.functions[index].iommuGroup = index }
    let answer = try why(small, "01:00.0", "01:01.0")
    #expect(answer.summary.contains("are in different groups (2 and 3), as the kernel reports"))
    #expect(answer.reasons.isEmpty && answer.remedy == nil)
  }

  // MARK: Isolated slots

  /// PCI Express Base 6.0, 7.5.3.2: without Slot Implemented a port has a soldered device.
  @Test func onlyPortsWithASlotAreSlots() {
    var small = SmallHost()
    small.addBridge("00:01.0", to: 1) { $0.configuration = Self.port(isolates: true) }
    small.addBridge("00:02.0", to: 2) {
      $0.configuration = Self.port(isolates: true, slot: false)
    }
    small.addBridge("00:03.0", to: 3) {
      $0.configuration = Self.port(isolates: true, hotPlug: true)
    }
    small.addBridge("00:04.0", to: 4) { $0.configuration = Self.port(isolates: false) }
    func slots() -> [String] {
      GroupPrediction(host: small.host).isolatedSlots.map { $0.port.shortDescription }
    }
    // A server's slots may be hot-plug slots.
    #expect(slots() == ["00:01.0", "00:03.0"])
    // A laptop's hot-plug ports are inside it, or Thunderbolt's.
    small.add("00:05.0", 0x030000)
    small.host.linux = LinuxFacts()
    for (name, expected) in [
      ("card0-HDMI-A-1", ["00:01.0", "00:03.0"]), ("card0-eDP-1", ["00:01.0"]),
    ] {
      small.host.linux?.connectors = [DisplayConnector(name: name, function: at("00:05.0"))]
      #expect(slots() == expected)
    }
    small.host.linux?.connectors = []
    #expect(slots() == ["00:01.0", "00:03.0"])
    small.add("00:0d.2", 0x0c0340)
    #expect(slots() == ["00:01.0"])
  }

  @Test func slotsBehindVMDAreNone() {
    var small = SmallHost()
    small.add("00:0e.0", 0x010400) {
      $0.configuration = space { $0.addExpress(.rootComplexEndpoint) }
    }
    small.addBridge("10000:e0:06.0", to: 0xe1) {
      $0.upstream = .bridge(at("00:0e.0"))
      $0.configuration = Self.port(isolates: true)
    }
    #expect(GroupPrediction(host: small.host).isolatedSlots.isEmpty)
  }

  // MARK: Functions of one device

  /// Ports of a card belong together; a chipset's or processor's functions have only a number.
  @Test func chipsetSlotsAreNoDevice() {
    func isSaid(_ classes: [(UInt32, UInt16, UInt16)], on bus: String = "01") -> Bool {
      var small = SmallHost()
      for (function, (classCode, vendor, device)) in classes.enumerated() {
        small.add("\(bus):00.\(function)", classCode, id: (vendor, device)) {
          if bus != "00" { $0.upstream = .bridge(at("00:01.0")) }
        }
      }
      small.addBridge("00:01.0", to: 1)
      return small.host.assessments(for: .vfio)[0].findings
        .contains { $0.id == "group.split-functions" }
    }
    // A graphics card with audio and USB; a network card with two ports, wherever it is.
    #expect(
      isSaid([
        (0x030000, 0x10de, 0x1e84), (0x040300, 0x10de, 0x10f8), (0x0c0330, 0x10de, 0x1ad8),
      ]))
    #expect(isSaid([(0x020000, 0x8086, 0x1572), (0x020000, 0x8086, 0x1572)]))
    #expect(isSaid([(0x020000, 0x8086, 0x1572), (0x020000, 0x8086, 0x1572)], on: "00"))
    // An APU: graphics and audio of ATI, the security processor of AMD.
    #expect(
      !isSaid([
        (0x030000, 0x1002, 0x15bf), (0x040300, 0x1002, 0x1640), (0x108000, 0x1022, 0x15c7),
      ]))
    // A chipset: on the root bus, or with a bridge among the functions.
    #expect(!isSaid([(0x040300, 0x8086, 0x7728), (0x020000, 0x8086, 0x550a)], on: "00"))
    #expect(!isSaid([(0x040300, 0x8086, 0x7728), (0x0c0500, 0x8086, 0x7722)]))
    #expect(!isSaid([(0x0c0330, 0x1b21, 0x43d0), (0x060400, 0x1b21, 0x43c6)]))
  }
}
