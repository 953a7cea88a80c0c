// SPDX-License-Identifier: Apache-2.0

import PCI
import PCIHost
import Testing

@testable import PassthruReport

/// What analysis writes in full is shown as its host's users spell it.
@Suite struct SentenceTests {
  private func spelling(_ family: OperatingSystem.Family, domain: UInt32) -> AddressSpelling {
    var host = Machine(
      source: Source(kind: .sysfs, location: "x"), system: OperatingSystem(family: family))
    host.functions = [
      Function(
        address: FunctionAddress(domain: domain, bus: 1, deviceFunction: 0),
        identity: Identity(vendorID: 0x8086, deviceID: 0x1521))
    ]
    return AddressSpelling(host)
  }

  @Test(arguments: [
    ("0000:01:00.0 is one", "01:00.0 is one", "pci0:1:0:0 is one"),
    (
      "with 0000:0a:1f.7, 0000:0a:00.12 and 3 more", "with 0a:1f.7, 0a:00.12 and 3 more",
      "with pci0:10:31:7, pci0:10:0:18 and 3 more"
    ),
    // An address of another domain keeps its place on Linux only if there are several.
    ("it ends at 0000:ff:1f.0", "it ends at ff:1f.0", "it ends at pci0:255:31:0"),
    ("(0000:01:00.0)", "(01:00.0)", "(pci0:1:0:0)"),
    ("0000:01:00.0", "01:00.0", "pci0:1:0:0"),
  ])
  func anAddressIsSpelledAsItsUsersDo(_ text: String, _ linux: String, _ freebsd: String) {
    #expect(spelling(.linux, domain: 0).sentence(text) == linux)
    #expect(spelling(.freebsd, domain: 0).sentence(text) == freebsd)
    #expect(spelling(.linux, domain: 0x10000).sentence(text) == text)
  }

  @Test(arguments: [
    "", ".", "a", "10:30:45.1 is a time", "/sys/bus/pci/devices/0000:01:00.0/driver",
    "x0000:01:00.0", "000:01:00.0", "0000:01:00", "0000:01:20.0 has no such device",
    "0000:01:00.g", "::::::.0", "0000:01:0", "123456789:01:00.0",
  ])
  func whatIsNoAddressStays(_ text: String) {
    #expect(spelling(.linux, domain: 0).sentence(text) == text)
    #expect(spelling(.freebsd, domain: 0).sentence(text) == text)
  }
}
