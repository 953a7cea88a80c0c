// SPDX-License-Identifier: Apache-2.0

import Foundation
import PCI
import PCIHost
import PCIRecords
import TestCorpora
import Testing

@testable import PassthruAnalysis

/// The unit model against units that FreeBSD kernels gave.
@Suite struct PciconfUnitTests {
  private static func host(_ path: String) throws -> Machine {
    let file = TestCorpora.fixtures.appendingPathComponent(path)
    return try Machine(recording: TestCorpora.bytes(file), location: file.path)
  }

  /// 60 dumps by other people, FreeBSD 6.4 to 14, DragonFly, six architectures.
  ///
  /// Two do not follow, and neither is a machine with ACPI: a POWER9 and a
  /// SPARC64, whose buses attach in the order of their device trees.
  @Test(.enabled(if: TestCorpora.isPresent))
  func modelGivesTodaysUnits() throws {
    var drivers = 0
    var followed = 0
    var acrossBuses = 0
    var bases: [String: Int] = [:]
    var contradicted: [String: String] = [:]
    let files = TestCorpora.files("pciconf", suffix: ".pciconf")
    for file in files {
      let host = try Machine(recording: TestCorpora.bytes(file), location: file.path)
      let model = UnitModel(host: host, topology: Topology(host))
      for (name, driver) in model.drivers.sorted(by: { $0.key < $1.key }) {
        drivers += 1
        if Set(driver.members.map { host.functions[$0].address.busAddress }).count > 1 {
          acrossBuses += 1
        }
        if let contradiction = driver.contradiction {
          contradicted["\(file.lastPathComponent) \(name)"] = contradiction
        } else {
          followed += 1
          bases["\(model.orders[driver.order].basis)", default: 0] += 1
        }
      }
    }
    print(
      "units: \(files.count) dumps, \(drivers) drivers (\(acrossBuses) on several buses), "
        + "\(followed) as the model gives them (\(bases)), \(contradicted.count) not:")
    for (place, reason) in contradicted.sorted(by: { $0.key < $1.key }) {
      print("units: \(place): \(reason)")
    }
    #expect(files.count == 60)
    #expect(
      contradicted.keys.sorted() == ["4B7ABCF4FB.pciconf ohci", "7A4C568ACE.pciconf dc"])
    #expect(followed == drivers - 2)
    // A list order that ignores bridges must not do as well, or the test shows nothing.
    #expect(bases["busList"] == nil)
  }

  /// The order of the list alone, without the tree, is wrong for some of the dumps.
  @Test(.enabled(if: TestCorpora.isPresent))
  func orderOfTheListIsNotEnough() throws {
    let file = try #require(TestCorpora.corpora)
      .appendingPathComponent("pciconf/FB678970DF.pciconf")
    let host = try Machine(recording: TestCorpora.bytes(file), location: file.path)
    // uhci0 is behind a bridge at 0/28/4, uhci1 to uhci4 on bus 0 at slot 29.
    let uhci = try #require(UnitModel(host: host, topology: Topology(host)).drivers["uhci"])
    #expect(uhci.contradiction == nil)
    #expect(
      uhci.members.map { host.functions[$0].address.bhyveTriple }
        == ["2/0/4", "0/29/0", "0/29/1", "0/29/2", "0/29/3"])
  }

  /// A client may say what no kernel does; uart has devices off PCI, whose units are filled in.
  @Test(arguments: [-1, -70_000, 2_147_483_647]) func aUnitThatNoKernelGives(_ unit: Int) throws {
    var small = SmallHost(.freebsd)
    small.add("0000:00:01.0") { $0.driver = DriverBinding(name: "uart", unit: unit) }
    let host = small.host
    let uart = try #require(UnitModel(host: host, topology: Topology(host)).drivers["uart"])
    #expect(uart.units == [unit])
    #expect(uart.contradiction != nil)
  }

  /// One machine with two boots: as it is, and with pptdevs="2/0/0 6/0/0".
  @Test(arguments: ["pciconf-l.txt", "pciconf-lvbcBV.txt"])
  func predictsTheNextBoot(_ file: String) throws {
    let before = try Self.host("freebsd-vm/rich15/" + file)
    let after = try Self.host("freebsd-vm/ppt15/" + file)
    let prediction = before.renumbering(handingOver: [at("2/0/0"), at("6/0/0")])
    #expect(prediction.reason == nil)
    var expected: [FunctionAddress: DriverBinding] = [:]
    for function in before.functions { expected[function.address] = function.driver }
    for move in prediction.moves {
      expected[move.address] = DriverBinding(name: move.driver, unit: move.to)
    }
    for unit in prediction.passthroughUnits {
      expected[unit.address] = DriverBinding(name: "ppt", unit: unit.unit)
    }
    for function in after.functions {
      #expect(expected[function.address] == function.driver, "\(function.address)")
    }
    #expect(prediction.moves.map(\.names) == [["nvme1", "nvme1ns1"]])
    // And back: no unit of ppt is left, so nothing is predicted to move.
    #expect(after.renumbering(handingOver: []).moves.isEmpty)
  }

  /// What FreeBSD 12.1 and 15 did with em0, em1 at 1/0/0, 1/0/1 and em2 at 9/1/0.
  @Test(arguments: ["rich12", "rich15"])
  func predictsTheTrapOfTheSecondPort(_ folder: String) throws {
    let host = try Self.host("freebsd-vm/\(folder)/pciconf-l.txt")
    let second = host.renumbering(handingOver: [at("1/0/1")])
    #expect(
      second.moves.map { "\($0.driver)\($0.from) \($0.address.bhyveTriple) em\($0.to)" }
        == ["em2 9/1/0 em1"])
    #expect(second.passthroughUnits == [.init(address: at("1/0/1"), unit: 0)])
    let first = host.renumbering(handingOver: [at("1/0/0")])
    #expect(first.moves.map { "em\($0.from) em\($0.to)" } == ["em1 em0", "em2 em1"])
  }
}
