// SPDX-License-Identifier: Apache-2.0

import PCI
import PCIHost
import Testing

@testable import PassthruAnalysis

/// Units as two FreeBSD kernels gave them out.
///
/// FreeBSD 12.1 and 15, e1000e functions at 1/0/0 and 1/0/1 and an e1000 at 9/1/0
/// behind a bridge: without pptdevs em0, em1, em2 in this order.
@Suite struct RenumberingTests {
  private static func machine() -> SmallHost {
    var small = SmallHost(.freebsd)
    small.addBridge("00:02.0", to: 1) { $0.driver = DriverBinding(name: "pcib", unit: 1) }
    small.addBridge("00:03.0", to: 9) { $0.driver = DriverBinding(name: "pcib", unit: 2) }
    small.add("00:1f.2", 0x010601) { $0.driver = DriverBinding(name: "ahci", unit: 0) }
    for (unit, address) in ["01:00.0", "01:00.1", "09:01.0"].enumerated() {
      small.add(address) {
        $0.driver = DriverBinding(name: "em", unit: unit)
        $0.upstream = .bridge(at(address.hasPrefix("01") ? "00:02.0" : "00:03.0"))
      }
    }
    return small
  }

  private func moves(_ prediction: RenumberingPrediction) -> [String] {
    prediction.moves.map { "\($0.driver)\($0.from) -> \($0.driver)\($0.to)" }
  }

  @Test func secondOfThreeMovesTheThird() {
    let prediction = renumbering(handingOver: [at("1/0/1")], host: Self.machine().host)
    #expect(moves(prediction) == ["em2 -> em1"])
    #expect(prediction.moves.first?.address == at("9/1/0"))
    #expect(prediction.moves.first?.names == ["em2"])
    #expect(prediction.hints == ["hint.em.2.at=\"pci0:9:1:0\""])
    #expect(prediction.passthroughUnits == [.init(address: at("1/0/1"), unit: 0)])
    #expect(prediction.reason == nil)
  }

  @Test func firstOfThreeMovesBothOthers() {
    let prediction = renumbering(handingOver: [at("1/0/0")], host: Self.machine().host)
    #expect(moves(prediction) == ["em1 -> em0", "em2 -> em1"])
  }

  @Test func lastMovesNobody() {
    let prediction = renumbering(handingOver: [at("9/1/0")], host: Self.machine().host)
    #expect(prediction.moves.isEmpty)
  }

  @Test func hintsKeepTheNames() {
    var small = Self.machine()
    small.host.freeBSD = FreeBSDFacts(
      kernelEnvironment: [NamedValue(name: "hint.em.2.at", value: "pci0:9:1:0")])
    let prediction = renumbering(handingOver: [at("1/0/1")], host: small.host)
    #expect(prediction.moves.isEmpty)
  }

  @Test func passthroughUnitsMoveToo() {
    var small = Self.machine()
    // 9/1/0 is ppt0 today; 1/0/1 attaches before it and takes the number.
    small.host.functions[5].driver = DriverBinding(name: "ppt", unit: 0)
    let prediction = renumbering(
      handingOver: [at("1/0/1"), at("9/1/0")], host: small.host)
    #expect(moves(prediction) == ["ppt0 -> ppt1"])
    #expect(prediction.passthroughUnits.map(\.unit) == [0, 1])
  }

  @Test func behindABridgeComesBeforeTheNextSlot() {
    // hdac0 is a graphics card's behind 00:01.0, hdac1 the chipset's at 00:1b.0.
    var small = SmallHost(.freebsd)
    small.addBridge("00:01.0", to: 1) { $0.driver = DriverBinding(name: "pcib", unit: 1) }
    small.add("00:1b.0", 0x040300) { $0.driver = DriverBinding(name: "hdac", unit: 1) }
    small.add("01:00.1", 0x040300) {
      $0.driver = DriverBinding(name: "hdac", unit: 0)
      $0.upstream = .bridge(at("00:01.0"))
    }
    let prediction = renumbering(handingOver: [at("01:00.1")], host: small.host)
    #expect(moves(prediction) == ["hdac1 -> hdac0"])
    // The same from a list without bus numbers: the units of the bridges tell.
    for index in small.host.functions.indices {
      small.host.functions[index].upstream = .unknown
      small.host.functions[index].bridge = nil
    }
    let inferred = renumbering(handingOver: [at("01:00.1")], host: small.host)
    #expect(moves(inferred) == ["hdac1 -> hdac0"])
  }

  @Test func unitsThatDoNotFollowAreNotPredicted() {
    var small = Self.machine()
    small.host.functions[3].driver = DriverBinding(name: "em", unit: 2)
    small.host.functions[5].driver = DriverBinding(name: "em", unit: 0)
    let prediction = renumbering(handingOver: [at("1/0/1")], host: small.host)
    #expect(prediction.moves.isEmpty)
    #expect(prediction.unpredictable.map(\.driver) == ["em"])
    #expect(prediction.reason?.contains("pci0:1:0:0 is em2 today") == true)
  }

  @Test func aHoleIsNotPredicted() {
    var small = Self.machine()
    small.host.functions[4].driver = nil
    let prediction = renumbering(handingOver: [at("1/0/0")], host: small.host)
    #expect(prediction.unpredictable.map(\.driver) == ["em"])
  }

  @Test func planNamesTheMoves() {
    let plan = plan(
      [at("1/0/1")], guest: "pfsense", host: Self.machine().host, consumer: .bhyve)
    #expect(plan.devices == [at("1/0/1")])
    #expect(plan.renumbered.map(\.names) == [["em2"]])
    #expect(plan.warnings.contains { $0.contains("of the same device") })
  }
}
