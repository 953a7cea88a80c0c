// SPDX-License-Identifier: Apache-2.0

import PCI
import PCIHost
import Testing

@testable import PCIBus

/// Functions of a bus are read through one directory, where that is where they are.
@Suite struct SharedBusTests {
  private func uevent(_ id: String) -> String {
    "PCI_CLASS=20000\nPCI_ID=8086:\(id)\n"
  }

  /// A recording may be put together by hand: each link is followed where it leads.
  @Test func aFunctionElsewhereIsReadWhereItsLinkLeads() throws {
    let tree = try SyntheticTree()
    let first = "pci0000:00/0000:00:01.0"
    let second = "pci0000:00/0000:00:02.0"
    try tree.addFunction(first + "/0000:01:00.0", uevent: uevent("1000"))
    try tree.addFunction(second + "/0000:01:00.1", uevent: uevent("1001"))
    try tree.addFunction(first + "/0000:01:00.2", uevent: uevent("1002"))
    // A copy in place of a link, and a link to nothing.
    try tree.write("sys/bus/pci/devices/0000:01:00.3/uevent", uevent("1003"))
    try tree.link("sys/bus/pci/devices/0000:01:00.4", to: "../../../devices/gone/0000:01:00.4")
    try tree.addFunction(first + "/0000:01:00.5", uevent: uevent("1005"))
    let host = try SysfsScanner(root: tree.root.path).scan()
    #expect(host.functions.map(\.identity.deviceID) == [0x1000, 0x1001, 0x1002, 0x1003, 0x1005])
    let above = try ["0000:00:01.0", "0000:00:02.0"].map {
      Upstream.bridge(try #require(FunctionAddress($0)))
    }
    #expect(
      host.functions.map(\.upstream) == [above[0], above[1], above[0], .unknown, above[0]])
    let gone = try #require(FunctionAddress("0000:01:00.4"))
    #expect(host.gaps(of: gone).map(\.fact) == ["function"])
  }

  /// A group's regions are told once, however many threads met it and however alike they are.
  @Test func regionsOfAGroupAreToldOnce() throws {
    let tree = try SyntheticTree()
    for function in 0..<6 {
      let path = "pci0000:00/0000:00:0\(function + 1).0"
      try tree.addFunction(path)
      try tree.link(
        "sys/devices/\(path)/iommu_group", to: "../../../kernel/iommu_groups/7")
    }
    try tree.write(
      "sys/kernel/iommu_groups/7/reserved_regions",
      "0x0000000000000001 0x0000000000000002 msi\n"
        + "0x0000000000000001 0x0000000000000003 direct\n"
        + "no region at all\n0x5 0x6\n")
    var options = ScanOptions.full
    options.threads = 3
    let host = try SysfsScanner(root: tree.root.path).scan(options)
    #expect(Set(host.functions.map(\.iommuGroup)) == [7])
    #expect(
      host.linux?.reservedRegions == [
        ReservedRegion(group: 7, start: 1, end: 2, type: "msi"),
        ReservedRegion(group: 7, start: 1, end: 3, type: "direct"),
      ])
  }
}
