// SPDX-License-Identifier: Apache-2.0

import PCI
import Testing

@testable import PCIHost

@Suite("Selectors")
struct SelectorTests {
  @Test(
    "each spelling means what its system means by it",
    arguments: [
      ("0000:0a:00.0", Selector.address(address(0, 10, 0, 0))),
      ("0a:00.1", .address(address(0, 10, 0, 1))),
      ("10000:e1:00.0", .address(address(0x10000, 0xe1, 0, 0))),
      ("pci0:10:0:1", .address(address(0, 10, 0, 1))),
      ("pci10:0:1", .address(address(0, 10, 0, 1))),
      ("pci10:0", .address(address(0, 10, 0, 0))),
      ("pci0:10:0:1:", .address(address(0, 10, 0, 1))),
      ("10/0/1", .address(address(0, 10, 0, 1))),
      ("1/0/131", .address(address(0, 1, 0, 131))),
      ("0a:00", .slot(address(0, 10, 0, 0))),
      ("0000:0a:1f", .slot(address(0, 10, 31, 0))),
      ("em0", .name("em0")),
      ("enp10s0f1", .name("enp10s0f1")),
      ("8086:1521", .identity(vendor: 0x8086, device: 0x1521)),
      ("class:0200", .classCode(value: 0x02_0000, mask: 0xff_ff00)),
      ("class:02", .classCode(value: 0x02_0000, mask: 0xff_0000)),
      ("class:display", .classKeyword("display")),
      ("group:12", .group(12)),
      ("em0@pci0:10:0:0", .named("em0", address(0, 10, 0, 0))),
      ("driver:igb", .driver("igb")),
    ])
  func spelling(_ text: String, _ expected: Selector) throws {
    #expect(try Selector(text) == expected)
  }

  @Test(
    "what is none of them is refused",
    arguments: [
      "", ":", "0a:00.", "0a:20.0", "256/0/0", "10/0", "group:", "group:x",
      "class:", "class:nonsense", "12345:1", "0a:00.0 ", "em0@", "@pci0:1:0:0", "a b", "0a",
      "1/32/0", "é0",
    ])
  func refusal(_ text: String) {
    #expect(throws: SelectorError.malformed(text)) { try Selector(text) }
  }

  @Test func missingDomainIsNotGuessed() {
    var host = Machine(
      source: Source(kind: .sysfs, location: "test"), system: OperatingSystem(family: .linux))
    host.functions = [function(0x10000, 0xe1, 0, 0), function(0x10001, 0xe1, 0, 0)]
    #expect(
      throws: SelectorError.ambiguous(
        "e1:00.0", candidates: [address(0x10000, 0xe1, 0, 0), address(0x10001, 0xe1, 0, 0)])
    ) { try host.select("e1:00.0") }
    #expect(throws: SelectorError.noMatch("0000:e1:00.0")) { try host.select("0000:e1:00.0") }
    #expect(throws: Never.self) { try host.select("10001:e1:00.0") }
  }

  @Test func nameOfTwoThingsIsAmbiguous() throws {
    var host = Machine(
      source: Source(kind: .pciconf, location: "test"), system: OperatingSystem(family: .freebsd))
    host.functions = [function(0, 1, 0, 0), function(0, 2, 0, 0)]
    host.functions[0].driver = DriverBinding(name: "em", unit: 1)
    host.functions[1].driver = DriverBinding(name: "em", unit: 2)
    #expect(try host.select("em2") == [1])
    host.childDevices = [
      ChildDevice(kind: .network, name: "em1", function: address(0, 2, 0, 0))
    ]
    #expect(
      throws: SelectorError.ambiguous(
        "em1", candidates: [address(0, 1, 0, 0), address(0, 2, 0, 0)])
    ) { try host.select("em1") }
    #expect(
      throws: SelectorError.renamed("em7@pci0:1:0:0", address: address(0, 1, 0, 0), actual: "em1")
    ) { try host.select("em7@pci0:1:0:0") }
  }

  @Test func selectionIsInListOrderWithoutRepeats() throws {
    var host = Machine(
      source: Source(kind: .sysfs, location: "test"), system: OperatingSystem(family: .linux))
    host.functions = [function(0, 0, 1, 0), function(0, 0, 1, 1), function(0, 0, 2, 0)]
    #expect(try host.select(all: ["00:02.0", "00:01", "00:01.1"]) == [0, 1, 2])
  }
}

func address(_ domain: UInt32, _ bus: UInt8, _ device: UInt8, _ function: UInt8)
  -> FunctionAddress
{
  guard
    let address = FunctionAddress(domain: domain, bus: bus, device: device, function: function)
  else { preconditionFailure("a test names an address that cannot be") }
  return address
}

func function(_ domain: UInt32, _ bus: UInt8, _ device: UInt8, _ number: UInt8) -> Function {
  Function(
    address: address(domain, bus, device, number),
    identity: Identity(vendorID: 0x8086, deviceID: 0x1521))
}
