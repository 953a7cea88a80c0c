// SPDX-License-Identifier: Apache-2.0

import Foundation
import PCI
import PCIHost
import Testing

@testable import PCIBus

@Suite struct SyntheticTreeTests {
  private func function(_ host: Machine, _ address: String) throws -> Function {
    try #require(host.functions.first { $0.address.description == address })
  }

  @Test func domainAboveSixteenBitsHangsBelowItsEndpoint() throws {
    let tree = try SyntheticTree()
    try tree.addFunction(
      "pci0000:00/0000:00:0e.0", uevent: "DRIVER=vmd\nPCI_CLASS=10400\nPCI_ID=8086:9A0B\n")
    try tree.addFunction(
      "pci0000:00/0000:00:0e.0/pci10000:e0/10000:e0:06.0",
      uevent: "PCI_CLASS=60400\nPCI_ID=8086:9A09\n",
      resource: Array(repeating: SyntheticTree.emptyLine, count: 17))
    try tree.addFunction(
      "pci0000:00/0000:00:0e.0/pci10000:e0/10000:e0:06.0/10000:e1:00.0")
    let host = try SysfsScanner(root: tree.root.path).scan()
    #expect(host.functions.count == 3)
    let endpoint = try #require(FunctionAddress("0000:00:0e.0"))
    let port = try function(host, "10000:e0:06.0")
    #expect(port.address.domain == 0x10000)
    #expect(port.upstream == .bridge(endpoint))
    #expect(port.bridge == BridgeBuses(primary: nil, secondary: 0xe1, subordinate: 0xe1))
    #expect(try function(host, "0000:00:0e.0").bridge == nil)
    #expect(try function(host, "0000:00:0e.0").driver?.name == "vmd")
    #expect(try function(host, "10000:e1:00.0").upstream == .bridge(port.address))
  }

  @Test func functionAboveSevenIsRead() throws {
    let tree = try SyntheticTree()
    try tree.addFunction("pci0000:00/0000:00:00.0c")
    let host = try SysfsScanner(root: tree.root.path).scan()
    #expect(host.functions.map(\.address.function) == [12])
    #expect(host.functions.first?.address.sysfsName == "0000:00:01.4")
  }

  @Test func bridgeWithNothingBelowIsFoundInTheBusClass() throws {
    let tree = try SyntheticTree()
    try tree.addFunction(
      "pci0000:00/0000:00:1c.0", uevent: "PCI_CLASS=60400\nPCI_ID=8086:3420\n",
      resource: Array(repeating: SyntheticTree.emptyLine, count: 11))
    try tree.link(
      "sys/class/pci_bus/0000:07",
      to: "../../devices/pci0000:00/0000:00:1c.0/pci_bus/0000:07")
    let host = try SysfsScanner(root: tree.root.path).scan()
    #expect(
      host.functions.first?.bridge == BridgeBuses(primary: nil, secondary: 7, subordinate: 7))
    #expect(host.functions.first?.headerType == .bridge)
  }

  @Test func subordinateCountsWhatIsFurtherBelow() throws {
    let tree = try SyntheticTree()
    let bridge = "PCI_CLASS=60400\nPCI_ID=10B5:8747\n"
    let root = "pci0000:00/0000:00:01.0"
    try tree.addFunction(root, uevent: bridge)
    try tree.addFunction(root + "/0000:01:00.0", uevent: bridge)
    try tree.addFunction(root + "/0000:01:00.0/0000:02:08.0", uevent: bridge)
    try tree.addFunction(root + "/0000:01:00.0/0000:02:08.0/0000:09:00.0")
    let host = try SysfsScanner(root: tree.root.path).scan()
    #expect(try function(host, "0000:00:01.0").bridge?.subordinate == 9)
    #expect(try function(host, "0000:01:00.0").bridge?.secondary == 2)
    #expect(try function(host, "0000:02:08.0").bridge?.secondary == 9)
  }

  @Test func attributesOfOneFunction() throws {
    let tree = try SyntheticTree()
    let path = "pci0000:00/0000:00:02.0"
    try tree.addFunction(
      path,
      uevent: "DRIVER=i915\nPCI_CLASS=30000\nPCI_ID=8086:3E92\nPCI_SUBSYS_ID=1028:085B\n",
      resource: [
        "0x000000a0000000 0x00000000000000 0x0",
        "0x00000000c0000000 0x00000000cfffffff 0x000000000014220c",
      ] + Array(repeating: SyntheticTree.emptyLine, count: 11))
    let folder = "sys/devices/" + path
    try tree.write(folder + "/revision", "0x0c\n")
    try tree.write(folder + "/irq", "2147483648\n")
    try tree.write(folder + "/numa_node", "-1\n")
    try tree.write(folder + "/power_state", "D3hot\n")
    try tree.write(folder + "/reset_method", "flr pm\n")
    try tree.write(folder + "/boot_vga", "1\n")
    try tree.write(folder + "/label", "Onboard - Video\n")
    try tree.write(folder + "/driver_override", "(null)\n")
    try tree.write(folder + "/enable", "2\n")
    try tree.write(folder + "/sriov_totalvfs", "7\n")
    try tree.write(folder + "/sriov_numvfs", "1\n")
    try tree.link(folder + "/iommu_group", to: "../../../kernel/iommu_groups/37")
    try tree.addFunction("pci0000:00/0000:00:02.1")
    try tree.link("sys/devices/pci0000:00/0000:00:02.1/physfn", to: "../0000:00:02.0")
    try tree.write("sys/devices/pci0000:00/0000:00:02.1/driver_override", "vfio-pci\n")
    try tree.write("sys/devices/pci0000:00/0000:00:02.1/numa_node", "1\n")
    try tree.write("sys/devices/pci0000:00/0000:00:02.1/irq", "0\n")
    try tree.write("sys/devices/pci0000:00/0000:00:02.1/power_state", "unknown\n")
    try tree.write("sys/bus/pci/slots/4/address", "0000:00:02\n")

    let host = try SysfsScanner(root: tree.root.path).scan()
    let display = try function(host, "0000:00:02.0")
    #expect(display.identity.vendorDevice == "8086:3e92")
    #expect(display.identity.subsystemVendorID == 0x1028)
    #expect(display.identity.subsystemID == 0x085b)
    #expect(display.identity.revisionID == 0x0c)
    #expect(display.classCode?.rawValue == 0x030000)
    #expect(display.driver == DriverBinding(name: "i915"))
    #expect(display.interrupt == 0x8000_0000)
    #expect(display.numaNode == nil)
    #expect(display.powerState == .d3hot)
    #expect(display.resetMethods == [.functionLevel, .powerManagement])
    #expect(display.isBootVGA == true)
    #expect(display.label == "Onboard - Video")
    #expect(display.driverOverride == nil)
    #expect(display.iommuGroup == 37)
    #expect(display.virtualFunctions == VirtualFunctionState(total: 7, enabled: 1))
    #expect(display.slotName == "4")
    #expect(display.baseAddressRegisters.map(\.isEnabled) == [true])
    #expect(display.baseAddressRegisters.first?.index == 1)
    let virtual = try function(host, "0000:00:02.1")
    #expect(virtual.physicalFunction == display.address)
    #expect(virtual.driverOverride == "vfio-pci")
    #expect(virtual.numaNode == 1)
    #expect(virtual.interrupt == nil)
    #expect(virtual.powerState == nil)
    #expect(virtual.resetMethods == [])
    // A virtual function beside it makes no device multi-function.
    #expect(display.isMultiFunction == nil)
  }

  @Test func inventoryLeavesTheRestOut() throws {
    let tree = try SyntheticTree()
    try tree.addFunction("pci0000:00/0000:00:02.0")
    try tree.write("sys/devices/pci0000:00/0000:00:02.0/power_state", "D0\n")
    try tree.write("sys/devices/pci0000:00/0000:00:02.0/revision", "0x0c\n")
    let inventory = try SysfsScanner(root: tree.root.path).scan(.inventory)
    #expect(inventory.functions.first?.powerState == nil)
    #expect(inventory.functions.first?.identity.revisionID == 0x0c)
    #expect(inventory.linux == nil)
  }

  @Test func danglingLinkIsAGap() throws {
    let tree = try SyntheticTree()
    try tree.addFunction("pci0000:00/0000:00:02.0")
    try tree.link("sys/bus/pci/devices/0000:00:03.0", to: "../../../devices/gone")
    let host = try SysfsScanner(root: tree.root.path).scan()
    #expect(host.functions.count == 1)
    let address = try #require(FunctionAddress("0000:00:03.0"))
    #expect(host.gaps(of: address).map(\.fact) == ["function"])
  }

  @Test func entryThatNamesNoFunctionIsAGap() throws {
    let tree = try SyntheticTree()
    try tree.addFunction("pci0000:00/0000:00:02.0")
    try tree.write("sys/bus/pci/devices/0000:00:zz.0/uevent", "")
    let host = try SysfsScanner(root: tree.root.path).scan()
    #expect(host.functions.count == 1)
    #expect(host.gaps.contains { $0.fact == "functions" && $0.reason.contains("0000:00:zz.0") })
  }

  @Test func pipeInPlaceOfAnAttributeDoesNotHang() throws {
    let tree = try SyntheticTree()
    try tree.addFunction("pci0000:00/0000:00:02.0")
    let path = tree.root.path + "/sys/devices/pci0000:00/0000:00:02.0/revision"
    #expect(mkfifo(path, 0o600) == 0)
    let host = try SysfsScanner(root: tree.root.path).scan()
    #expect(host.functions.first?.identity.revisionID == nil)
  }
}
