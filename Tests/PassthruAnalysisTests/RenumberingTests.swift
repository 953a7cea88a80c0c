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
    let prediction = Self.machine().host.renumbering(handingOver: [at("1/0/1")])
    #expect(moves(prediction) == ["em2 -> em1"])
    #expect(prediction.moves.first?.address == at("9/1/0"))
    #expect(prediction.moves.first?.names == ["em2"])
    #expect(prediction.hints == ["hint.em.2.at=\"pci0:9:1:0\""])
    #expect(prediction.passthroughUnits == [.init(address: at("1/0/1"), unit: 0)])
    #expect(prediction.reason == nil)
  }

  @Test func firstOfThreeMovesBothOthers() {
    let prediction = Self.machine().host.renumbering(handingOver: [at("1/0/0")])
    #expect(moves(prediction) == ["em1 -> em0", "em2 -> em1"])
  }

  @Test func lastMovesNobody() {
    let prediction = Self.machine().host.renumbering(handingOver: [at("9/1/0")])
    #expect(prediction.moves.isEmpty)
  }

  @Test func hintsKeepTheNames() {
    var small = Self.machine()
    small.host.freeBSD = FreeBSDFacts(
      kernelEnvironment: [NamedValue(name: "hint.em.2.at", value: "pci0:9:1:0")])
    let prediction = small.host.renumbering(handingOver: [at("1/0/1")])
    #expect(prediction.moves.isEmpty)
  }

  @Test func passthroughUnitsMoveToo() {
    var small = Self.machine()
    // 9/1/0 is ppt0 today; 1/0/1 attaches before it and takes the number.
    small.host.functions[5].driver = DriverBinding(name: "ppt", unit: 0)
    let prediction = small.host.renumbering(handingOver: [at("1/0/1"), at("9/1/0")])
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
    let prediction = small.host.renumbering(handingOver: [at("01:00.1")])
    #expect(moves(prediction) == ["hdac1 -> hdac0"])
    // The same from a list without bus numbers: the units of the bridges tell.
    for index in small.host.functions.indices {
      small.host.functions[index].upstream = .unknown
      small.host.functions[index].bridge = nil
    }
    let inferred = small.host.renumbering(handingOver: [at("01:00.1")])
    #expect(moves(inferred) == ["hdac1 -> hdac0"])
  }

  @Test func unitsThatDoNotFollowAreNotPredicted() {
    var small = Self.machine()
    small.host.functions[3].driver = DriverBinding(name: "em", unit: 2)
    small.host.functions[5].driver = DriverBinding(name: "em", unit: 0)
    let prediction = small.host.renumbering(handingOver: [at("1/0/1")])
    #expect(prediction.moves.isEmpty)
    #expect(prediction.unpredictable.map(\.driver) == ["em"])
    #expect(prediction.reason?.contains("pci0:1:0:0 is em2 today") == true)
  }

  @Test func aHoleIsNotPredicted() {
    var small = Self.machine()
    small.host.functions[4].driver = nil
    let prediction = small.host.renumbering(handingOver: [at("1/0/0")])
    #expect(prediction.unpredictable.map(\.driver) == ["em"])
  }

  /// xhci0 made usbus0, ehci0 usbus1 and xhci1 usbus2; the graphics card's sound pcm0.
  @Test func busesAndSoundMoveOverAllDrivers() {
    var small = SmallHost(.freebsd)
    for (device, driver, unit) in [(1, "xhci", 0), (2, "ehci", 0), (3, "xhci", 1)] {
      let address = small.add("00:0\(device).0", 0x0c0330) {
        $0.driver = DriverBinding(name: driver, unit: unit)
      }
      small.host.childDevices.append(
        ChildDevice(kind: .usb, name: "usbus\(device - 1)", function: address))
    }
    for (device, names) in [(4, ["pcm0", "pcm1"]), (5, ["pcm2"])] {
      let address = small.add("00:0\(device).0", 0x040300) {
        $0.driver = DriverBinding(name: "hdac", unit: device - 4)
      }
      for name in names {
        small.host.childDevices.append(
          ChildDevice(kind: .sound, name: name, function: address))
      }
    }
    let usb = small.host.renumbering(handingOver: [at("0/1/0")])
    // xhci is expected to hold units 0 and 1 wherever else it is: only 0/1/0 goes.
    #expect(
      moves(usb).filter { $0.hasPrefix("usbus") } == ["usbus1 -> usbus0", "usbus2 -> usbus1"])
    #expect(usb.moves.first { $0.driver == "usbus" }?.address == at("0/2/0"))
    #expect(!usb.counters.contains { $0.contains("usbus") })
    let sound = small.host.renumbering(handingOver: [at("0/4/0")])
    #expect(moves(sound) == ["hdac1 -> hdac0", "pcm2 -> pcm0"])
    #expect(sound.hints == ["hint.hdac.1.at=\"pci0:0:5:0\""])
    // Without the names of today it stays a warning.
    small.host.childDevices.removeAll { $0.name == "usbus1" }
    let unknown = small.host.renumbering(handingOver: [at("0/1/0")])
    #expect(!moves(unknown).contains { $0.hasPrefix("usbus") })
    #expect(unknown.counters.contains { $0.contains("usbusN") })
  }

  /// Disks are named with the controller that moves.
  @Test func disksAreNamedWithTheirController() {
    var small = Self.machine()
    small.add("00:1f.5", 0x010601) { $0.driver = DriverBinding(name: "mpr", unit: 1) }
    small.add("00:1e.0", 0x010700) { $0.driver = DriverBinding(name: "mpr", unit: 0) }
    small.host.childDevices = ["da2", "da3"].map {
      ChildDevice(kind: .block, name: $0, function: at("00:1f.5"))
    }
    let prediction = small.host.renumbering(handingOver: [at("00:1e.0")])
    #expect(prediction.moves.map(\.names) == [["mpr1", "da2", "da3"]])
  }

  @Test func planNamesTheMoves() throws {
    let plan = try Self.machine().host.plan(
      for: [at("1/0/1")], guest: "pfsense", consumer: .bhyve)
    #expect(plan.devices == [at("1/0/1")])
    #expect(plan.renumbered.map(\.names) == [["em2"]])
    #expect(plan.warnings.contains { $0.contains("of the same device") })
  }
}
