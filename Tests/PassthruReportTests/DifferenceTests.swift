// SPDX-License-Identifier: Apache-2.0

import PCI
import PCIHost
import Testing

@testable import PassthruReport

@Suite("Differences")
struct DifferenceTests {
  private func host(_ functions: [Function]) -> Machine {
    var host = Machine(
      source: Source(kind: .sysfs, location: "x"), system: OperatingSystem(family: .linux))
    host.functions = functions
    return host
  }

  private func function(_ device: UInt8, driver: String? = nil, group: Int? = nil) -> Function {
    var function = Function(
      address: FunctionAddress(domain: 0, bus: 0, deviceFunction: device << 3),
      identity: Identity(vendorID: 0x8086, deviceID: 0x1521))
    function.driver = driver.map { DriverBinding(name: $0) }
    function.iommuGroup = group
    return function
  }

  @Test func nothing() {
    let same = host([function(1, driver: "igb", group: 1)])
    let difference = MachineDifference(from: same, to: same)
    #expect(difference.isEmpty)
    #expect(
      DifferenceReport(difference, names: DeviceNames(nil)).text(TextStyle())
        == "Nothing changed.\n")
  }

  @Test func driversComeAndGo() {
    let difference = MachineDifference(
      from: host([function(1, driver: "igb"), function(2)]),
      to: host([function(1, driver: "vfio-pci"), function(3)]))
    #expect(difference.removed.map(\.address.device) == [2])
    #expect(difference.added.map(\.address.device) == [3])
    #expect(difference.functions.map(\.function.address.device) == [1])
    #expect(
      difference.functions.first?.changes == [
        FactChange("driver", .value("igb"), .value("vfio-pci"), .none)
      ])
  }

  @Test func groupsAreComparedByTheirMembers() {
    let before = host([function(1, group: 1), function(2, group: 2)])
    let renumbered = host([function(1, group: 7), function(2, group: 9)])
    let merged = host([function(1, group: 1), function(2, group: 1)])
    #expect(MachineDifference(from: before, to: renumbered).isEmpty)
    #expect(
      MachineDifference(from: before, to: merged).functions.flatMap { $0.changes.map(\.fact) } == [
        "groupMembers", "groupMembers",
      ])
    let without = MachineDifference(from: before, to: host([function(1), function(2)]))
    #expect(
      DifferenceReport(without, names: DeviceNames(nil)).text(TextStyle())
        == """
        ~ 0000:00:01.0  vendor 8086 device 1521 8086:1521
            groupMembers: 0000:00:01.0 -> none or not recorded
        ~ 0000:00:02.0  vendor 8086 device 1521 8086:1521
            groupMembers: 0000:00:02.0 -> none or not recorded

        """)
  }

  @Test func theMachineIsComparedToo() {
    var before = host([function(1, group: 4)])
    before.system.release = "6.1"
    before.iommu.isEnabled = true
    before.linux = LinuxFacts()
    before.linux?.commandLine = "quiet"
    before.linux?.modules = ["igb", "vfio"]
    before.linux?.reservedRegions = [
      ReservedRegion(group: 4, start: 1, end: 2, type: "direct")
    ]
    before.linux?.passthroughNodes = [PassthroughNode(group: 4, owner: 0, permissions: 0o600)]
    before.functions[0].resetMethods = [.functionLevel]
    var after = before
    after.system.release = "6.12"
    after.iommu.isEnabled = nil
    after.linux?.modules = ["igb", "vfio_pci"]
    after.linux?.commandLine = nil
    after.functions[0].resetMethods = nil
    after.functions[0].iommuGroup = 9
    after.linux?.reservedRegions[0].group = 9
    after.linux?.passthroughNodes = [PassthroughNode(group: 9, owner: 0, permissions: 0o600)]
    let difference = MachineDifference(from: before, to: after)
    #expect(
      DifferenceReport(difference, names: DeviceNames(nil)).text(TextStyle())
        == """
        ~ the machine
            kernel: 6.1 -> 6.12
            iommu.isEnabled: yes -> not recorded
            linux.commandLine: quiet -> not recorded
            linux.modules:
              - vfio
              + vfio_pci
        ~ 0000:00:01.0  vendor 8086 device 1521 8086:1521
            resetMethods: 1 recorded -> not recorded
              - flr

        """)
  }

  @Test func aRegisterThatChangedIsNamed() {
    var bytes = [UInt8](repeating: 0, count: 64)
    bytes[0] = 0x86
    bytes[1] = 0x80
    var before = host([function(1)])
    before.functions[0].configuration = ConfigurationSpace(bytes)
    bytes[4] = 0x04
    var after = before
    after.functions[0].configuration = ConfigurationSpace(bytes)
    #expect(
      MachineDifference(from: before, to: after).functions.flatMap(\.changes) == [
        FactChange("header.command.busMaster", .value("no"), .value("yes"), .none)
      ])
    after.functions[0].configuration = nil
    #expect(
      MachineDifference(from: before, to: after).functions.flatMap(\.changes) == [
        FactChange("configuration", .value("64 bytes"), nil)
      ])
  }

  @Test func whatManyShareIsToldOnce() {
    let before = host((1...5).map { function($0) })
    var after = before
    for index in after.functions.indices { after.functions[index].numaNode = 1 }
    #expect(
      DifferenceReport(
        MachineDifference(from: before, to: after), names: DeviceNames(nil)
      ).text(TextStyle())
        == """
        ~ 5 functions
            numaNode: not recorded -> 1

        """)
  }
}
