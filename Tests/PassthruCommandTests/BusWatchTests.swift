// SPDX-License-Identifier: Apache-2.0

import Foundation
import PCI
import PCIHost
import PCIRecords
import TestCorpora
import Testing

@testable import PassthruCommand

@Suite struct BusWatchTests {
  private static func machine() throws -> Machine {
    let file = TestCorpora.root.appendingPathComponent("Fixtures/hosts/intel-rich.json")
    return try Machine(recording: TestCorpora.bytes(file), location: "intel-rich.json")
  }

  private static let address = FunctionAddress("0000:00:04.1")

  @Test func tellsABindAndWhatItDoesToTheVerdict() throws {
    let before = try Self.machine()
    let address = try #require(Self.address)
    var after = before
    let index = try #require(before.functions.firstIndex { $0.address == address })
    after.dependencies.append(
      HostDependency(kind: .fileSystem, subject: "/", chain: ["sda"], function: address))
    after.functions[index].iommuGroup = 99
    var watch = BusWatch(CommonOptions(), host: before, names: nil)
    let event = DeviceEvent(.bind, address, driver: "megaraid_sas")
    let text = String(
      decoding: watch.report([event], host: after, time: "12:00:00", isComplete: true),
      as: UTF8.self)
    #expect(text.contains("12:00:00  bind    0000:00:04.1"))
    #expect(text.contains("driver megaraid_sas"))
    #expect(text.contains("group   0000:00:04.1  group 3 -> group 99"))
    #expect(text.contains("verdict 0000:00:04.1  unknown -> blocked: / is on sda"))
    // The same again is no news.
    #expect(watch.report([], host: after, time: "12:00:01", isComplete: true).isEmpty)
  }

  @Test func findsWhatWasNotTold() throws {
    let before = try Self.machine()
    let address = try #require(Self.address)
    var after = before
    after.functions.removeAll { $0.address == address }
    var watch = BusWatch(CommonOptions(), host: before, names: nil)
    let gone = String(
      decoding: watch.report([], host: after, time: "12:00:00", isComplete: false), as: UTF8.self)
    #expect(gone.contains("lost"))
    #expect(gone.contains("remove  0000:00:04.1"))
    let back = String(
      decoding: watch.report([], host: before, time: "12:00:00", isComplete: false), as: UTF8.self)
    #expect(back.contains("add     0000:00:04.1"))
  }

  @Test func writesOneObjectALine() throws {
    let host = try Self.machine()
    var options = CommonOptions()
    options.format = .json
    var watch = BusWatch(options, host: host, names: nil)
    let address = try #require(Self.address)
    let bytes = watch.report(
      [DeviceEvent(.unbind, address), DeviceEvent(.remove, address)], host: host, time: "",
      isComplete: true)
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    #expect(lines.count == 2)
    for line in lines {
      let object = try #require(
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      #expect(object["schema"] as? String == "passthru.event/1")
      #expect(object["address"] as? String == "0000:00:04.1")
    }
  }
}
