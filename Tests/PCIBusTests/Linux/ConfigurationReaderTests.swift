// SPDX-License-Identifier: Apache-2.0

import Foundation
import PCI
import PCIHost
import Testing

@testable import PCIBus

@Suite struct ConfigurationReaderTests {
  private static let path = "sys/devices/pci0000:00/0000:00:02.0"

  /// A header of an Ethernet card, memory enabled and I/O not, multi-function.
  private static func header(_ count: Int) -> Data {
    var bytes = Data(repeating: 0, count: count)
    bytes.replaceSubrange(
      0..<16,
      with: [
        0x86, 0x80, 0x21, 0x15, 0x06, 0x04, 0x10, 0x00, 0x01, 0x00, 0x00, 0x02, 0x10, 0, 0x80, 0,
      ])
    return bytes
  }

  private func scan(_ configuration: Data?, wakes: Bool = false, _ extra: [String: String] = [:])
    throws -> Machine
  {
    let tree = try SyntheticTree()
    try tree.addFunction(
      "pci0000:00/0000:00:02.0",
      resource: [
        "0x00000000fea00000 0x00000000fea1ffff 0x0000000000040200",
        "0x0000000000007040 0x000000000000705f 0x0000000000040101",
      ] + Array(repeating: SyntheticTree.emptyLine, count: 11))
    if let configuration {
      try configuration.write(to: tree.root.appendingPathComponent(Self.path + "/config"))
    }
    for (name, text) in extra { try tree.write(Self.path + "/" + name, text) }
    var host = try SysfsScanner(root: tree.root.path).scan()
    #expect(host.functions.first?.configuration == nil)
    ConfigurationReader(root: tree.root.path, wakes: wakes).read([0, 7], into: &host)
    return host
  }

  private func gap(_ host: Machine) -> Gap? {
    host.gaps.first { $0.fact == "configuration" && $0.subject != .host }
  }

  @Test(arguments: [256, 4096])
  func wholeSpace(_ count: Int) throws {
    let host = try scan(Self.header(count))
    let function = try #require(host.functions.first)
    #expect(function.configuration?.count == count)
    #expect(function.headerType == .endpoint)
    #expect(function.isMultiFunction == true)
    #expect(function.identity.revisionID == 1)
    #expect(function.baseAddressRegisters.map(\.isEnabled) == [true, false])
    #expect(gap(host) == nil)
    #expect(!host.gaps.contains { $0.fact == "configuration" })
  }

  @Test func recordedWithoutRoot() throws {
    let host = try scan(Self.header(64))
    #expect(host.functions.first?.configuration?.count == 64)
    #expect(gap(host)?.reason == "read 64 of 256 or 4096 bytes")
    #expect(gap(host)?.remedy == "record /sys as root")
  }

  @Test func notRecorded() throws {
    #expect(gap(try scan(nil))?.reason == "no config file was recorded")
  }

  @Test func functionThatDoesNotAnswer() throws {
    let host = try scan(Data(repeating: 0xff, count: 256))
    #expect(gap(host)?.reason.contains("read as ff") == true)
    #expect(host.functions.first?.headerType == .endpoint)
    #expect(host.functions.first?.isMultiFunction == nil)
  }

  @Test func sleepingFunctionIsLeftAlone() throws {
    let host = try scan(Self.header(256), ["power_state": "D3cold\n"])
    #expect(host.functions.first?.configuration == nil)
    #expect(gap(host)?.reason.contains("D3cold") == true)
    let older = try scan(Self.header(256), ["power/runtime_status": "suspended\n"])
    #expect(older.functions.first?.configuration == nil)
    #expect(gap(older)?.remedy?.contains("--wake") == true)
  }

  @Test func sleepingFunctionIsWokenOnRequest() throws {
    let host = try scan(Self.header(256), wakes: true, ["power_state": "D3cold\n"])
    #expect(host.functions.first?.configuration?.count == 256)
  }

  @Test func hotSleepIsNoReasonToStop() throws {
    let host = try scan(Self.header(256), ["power_state": "D3hot\n"])
    #expect(host.functions.first?.configuration?.count == 256)
  }

  @Test func rootThatIsGone() throws {
    var host = try scan(Self.header(256))
    ConfigurationReader(root: "/no/such/path").read([0], into: &host)
    #expect(host.gaps.contains { $0.subject == .host && $0.fact == "configuration" })
  }
}
