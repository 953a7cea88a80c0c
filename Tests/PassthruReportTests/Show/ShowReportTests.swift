// SPDX-License-Identifier: Apache-2.0

import Foundation
import PCI
import PCIHost
import PCIRecords
import TestCorpora
import Testing

@testable import PassthruReport

@Suite("show")
struct ShowReportTests {
  /// An endpoint with four capabilities, written by hand.
  static var function: Function {
    get throws {
      var bytes = [UInt8](repeating: 0, count: 256)
      func put(_ offset: Int, _ values: [UInt8]) {
        for (index, value) in values.enumerated() { bytes[offset + index] = value }
      }
      put(0, [0x86, 0x80, 0x21, 0x15, 0x06, 0x04, 0x10, 0x00, 0x01, 0x00, 0x00, 0x02])
      put(0x10, [0x0c, 0, 0, 0xf0, 0x01, 0, 0, 0])
      put(0x2c, [0x86, 0x80, 0x01, 0x00])
      put(0x34, [0x40])
      put(0x40, [0x01, 0x50, 0x23, 0x48, 0x08, 0x20])
      put(0x50, [0x05, 0x60, 0x8a, 0x01])
      put(0x60, [0x10, 0x70, 0x02, 0x00, 0xc2, 0x8c, 0x00, 0x10])
      put(0x6c, [0x42, 0x4c, 0x42, 0x00, 0, 0, 0x42, 0x10])
      put(0x70 + 0x3c, [0x7e, 0x00, 0xaa])
      bytes[0x61] = 0xac
      let space = ConfigurationSpace(bytes)
      let address = try #require(FunctionAddress("0000:03:00.0"))
      var function = Function(address: address, identity: try #require(space.identity))
      function.classCode = space.classCode
      function.headerType = space.headerType
      function.baseAddressRegisters = space.baseAddressRegisters
      function.baseAddressRegisters[0].size = 1 << 20
      function.driver = DriverBinding(name: "igb")
      function.iommuGroup = 15
      function.configuration = space
      return function
    }
  }

  static var host: Machine {
    get throws {
      var host = Machine(
        source: Source(kind: .sysfs, location: "test"), system: OperatingSystem(family: .linux))
      host.functions = [try function]
      return host
    }
  }

  private func lines(isVerbose: Bool, width: Int = 100) throws -> [String] {
    let report = ShowReport(try Self.function, of: try Self.host, names: DeviceNames(nil))
    let text = report.text(isVerbose: isVerbose, style: TextStyle(width: width))
    return text.split(separator: "\n").map { String($0) }
  }

  @Test("folded: one line a fact, a window and a capability")
  func folded() throws {
    #expect(
      try lines(isVerbose: false) == [
        "03:00.0  vendor 8086 device 1521  8086:1521 rev 01",
        "  class       Ethernet controller, 020000",
        "  board       8086:0001",
        "  driver      igb",
        "  IOMMU group 15",
        "  command     I/O off, memory on, bus master on, INTx off",
        "  bar0        memory64 prefetchable at 0x1f0000000, 1 MiB",
        "  capabilities",
        "    40   pm          Power Management: D0, keeps its state in D3hot",
        "    50   msi         Message Signaled Interrupts: off, 1 of 32 vectors, 64-bit, maskable",
        "    60   pcie        PCI Express: endpoint, x4 at 5.0 GT/s of x4 at 5.0 GT/s, function level reset",
        "    ac   cap-7e      Capability 0x7e: not decoded, 84 bytes",
      ])
  }

  @Test("verbose: every field under its dotted name")
  func verbose() throws {
    let all = try lines(isVerbose: true)
    func value(_ name: String) -> String? {
      all.first { $0.trimmingCharacters(in: .whitespaces).hasPrefix(name + " ") }
        .map { String($0.trimmingCharacters(in: .whitespaces).dropFirst(name.count)) }
        .map { $0.trimmingCharacters(in: .whitespaces) }
    }
    #expect(value("pcie.linkCapabilities.maxSpeed") == "5.0 GT/s")
    #expect(value("pm.controlStatus.noSoftReset") == "yes")
    #expect(value("msi.control.multipleMessageCapable") == "32")
    #expect(value("header.vendorID") == "0x8086")
    let space = try #require(try Self.function.configuration)
    let count = space.headerFields.count + space.capabilities.reduce(0) { $0 + $1.fields.count }
    #expect(all.filter { $0.hasPrefix("      ") && !$0.hasPrefix("       ") }.count >= count)
  }

  @Test("no line is wider than the style allows", arguments: [80, 100, 140])
  func width(_ width: Int) throws {
    for line in try lines(isVerbose: true, width: width) {
      #expect(line.unicodeScalars.count <= width, "\(line)")
    }
  }

  @Test("one field, its meaning or its bits")
  func field() throws {
    let report = try FieldReport("pcie.linkCapabilities.maxSpeed", of: Self.function)
    #expect(report.text(isRaw: false) == "5.0 GT/s\n")
    #expect(report.text(isRaw: true) == "0x2\n")
    #expect(
      try FieldReport("header.command.busMaster", of: Self.function).text(isRaw: false) == "yes\n")
  }

  @Test("why a field has no value")
  func failures() throws {
    let function = try Self.function
    #expect(throws: FieldReport.Failure.unknownName("pcie.colour")) {
      try FieldReport("pcie.colour", of: function)
    }
    #expect(throws: FieldReport.Failure.notPresent("acs.control.sourceValidation")) {
      try FieldReport("acs.control.sourceValidation", of: function)
    }
    #expect(throws: FieldReport.Failure.notPresent("vsec@0x100.length")) {
      try FieldReport("vsec@0x100.length", of: function)
    }
    var bare = function
    bare.configuration = nil
    #expect(throws: FieldReport.Failure.noConfiguration) {
      try FieldReport("header.vendorID", of: bare)
    }
  }

  @Test("a defect is said at the end")
  func defect() throws {
    var function = try Self.function
    var bytes = try #require(function.configuration?.bytes)
    bytes[0xad] = 0x40
    function.configuration = ConfigurationSpace(bytes)
    let report = ShowReport(function, of: try Self.host, names: DeviceNames(nil))
    let text = report.text(isVerbose: false, style: TextStyle())
    #expect(text.hasSuffix("  ? the capability list leads back to 0x40\n"))
  }

  @Test("every function of the fixtures is shown within the width")
  func fixtures() throws {
    let url = TestCorpora.fixtures.appendingPathComponent("lspci/legacy-i440fx-xxxx.txt")
    let host = try Machine(recording: TestCorpora.bytes(url), location: url.lastPathComponent)
    #expect(!host.functions.isEmpty)
    for function in host.functions {
      let report = ShowReport(function, of: host, names: DeviceNames(nil))
      for line in report.text(isVerbose: true, style: TextStyle()).split(separator: "\n") {
        #expect(line.unicodeScalars.count <= 100, "\(line)")
      }
    }
  }
}
