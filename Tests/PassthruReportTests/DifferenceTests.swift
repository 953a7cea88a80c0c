// SPDX-License-Identifier: Apache-2.0

import PCI
import PCIHost
import Testing

@testable import PassthruReport

@Suite("Differences")
struct DifferenceTests {
  private func host(_ functions: [Function]) -> Host {
    var host = Host(
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
    let difference = HostDifference(from: same, to: same)
    #expect(difference.isEmpty)
    #expect(
      DifferenceReport(difference, names: DeviceNames(nil)).text(TextStyle())
        == "Nothing changed.\n")
  }

  @Test func driversComeAndGo() {
    let difference = HostDifference(
      from: host([function(1, driver: "igb"), function(2)]),
      to: host([function(1, driver: "vfio-pci"), function(3)]))
    #expect(difference.removed.map(\.address.device) == [2])
    #expect(difference.added.map(\.address.device) == [3])
    #expect(difference.changes.map(\.fact) == ["driver"])
    #expect(difference.changes.first?.before == "igb")
    #expect(difference.changes.first?.after == "vfio-pci")
  }

  @Test func groupsAreComparedByTheirMembers() {
    let before = host([function(1, group: 1), function(2, group: 2)])
    let renumbered = host([function(1, group: 7), function(2, group: 9)])
    let merged = host([function(1, group: 1), function(2, group: 1)])
    #expect(HostDifference(from: before, to: renumbered).isEmpty)
    #expect(
      HostDifference(from: before, to: merged).changes.map(\.fact) == [
        "groupMembers", "groupMembers",
      ])
  }
}
