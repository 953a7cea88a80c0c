// SPDX-License-Identifier: Apache-2.0

import PCI
import Testing

@testable import PCIHost

@Suite("Snapshots")
struct SnapshotTests {
  static func host() -> Machine {
    var host = Machine(
      source: Source(kind: .snapshot, location: "file"),
      system: OperatingSystem(family: .linux, release: "6.12.9", architecture: "x86_64"))
    var port = function(0, 0, 0x1c, 0)
    port.headerType = .bridge
    port.bridge = BridgeBuses(primary: 0, secondary: 10, subordinate: 11)
    port.upstream = .rootBus(BusAddress(domain: 0, bus: 0))
    port.isMultiFunction = true
    var card = function(0, 10, 0, 1)
    card.classCode = ClassCode(rawValue: 0x02_0000)
    card.identity.subsystemVendorID = 0x8086
    card.identity.subsystemID = 1
    card.identity.revisionID = 1
    card.upstream = .bridge(port.address)
    card.driver = DriverBinding(name: "igb", unit: nil)
    card.iommuGroup = 12
    card.numaNode = 0
    card.interrupt = 0x8000_0000
    card.powerState = .d3hot
    card.resetMethods = [.functionLevel, .bus]
    card.isBootVGA = false
    card.slotName = "3"
    card.label = "LAN \"1\""
    card.driverOverride = "vfio-pci"
    card.physicalFunction = address(0, 10, 0, 0)
    card.virtualFunctions = VirtualFunctionState(total: 7, enabled: 2)
    card.baseAddressRegisters = [
      BaseAddressRegister(
        index: 0, kind: .memory64, isPrefetchable: true, isEnabled: nil,
        address: 0xff_0000_0000, size: 1 << 35),
      BaseAddressRegister(
        index: 2, kind: .io, isPrefetchable: false, isEnabled: true, address: 0xe000, size: 32),
      BaseAddressRegister(
        index: 6, kind: .expansionROM, isPrefetchable: false, isEnabled: false, address: nil,
        size: nil),
    ]
    card.configuration = ConfigurationSpace((0..<256).map { UInt8($0) })
    host.functions = [port, card]
    host.iommu = IOMMUState(
      kind: .intel, isEnabled: true, isPresent: true, remapsInterrupts: false, units: ["dmar0"])
    host.childDevices = [ChildDevice(kind: .network, name: "eth0", function: card.address)]
    host.dependencies = [
      HostDependency(
        kind: .defaultRoute, subject: "default route", chain: ["br0", "eth0"],
        function: card.address)
    ]
    var linux = LinuxFacts()
    linux.commandLine = "quiet intel_iommu=on"
    linux.acpiTables = ["DMAR"]
    linux.modules = ["vfio_pci"]
    linux.passthroughModules = ["mlx5_vfio_pci", "vfio_pci"]
    linux.deviceOrder = [0xe0, 0xa01]
    linux.reservedRegions = [
      ReservedRegion(group: 12, start: 0xfee0_0000, end: 0xfeef_ffff, type: "msi")
    ]
    linux.lockdown = "integrity"
    linux.hasVirtualization = true
    linux.lockedMemoryLimit = .max
    linux.connectors = [
      DisplayConnector(
        name: "card0-DP-1", function: card.address, isConnected: true, isEnabled: nil)
    ]
    linux.passthroughNodes = [PassthroughNode(group: 12, owner: 64055, permissions: 0o660)]
    linux.openNodes = [
      OpenNode(
        function: card.address, path: "/dev/vfio/12", process: "qemu \"x\"", processID: 4711)
    ]
    linux.seesAllPrograms = false
    host.linux = linux
    host.remapping = RemappingFacts(
      units: [
        RemappingFacts.Unit(
          domain: 0, servesRest: false, scopes: [DeviceScope(kind: 1, bus: 0, path: [0x10])]),
        RemappingFacts.Unit(domain: 1, servesRest: true, scopes: []),
      ], leadingUnits: 2,
      reservedMemory: [
        RemappingFacts.ReservedMemory(
          domain: 0, start: 0xbdf6_f000, end: .max,
          scopes: [DeviceScope(kind: 2, bus: 0, path: [0xe0, 0x00])])
      ])
    host.freeBSD = FreeBSDFacts(
      releaseDate: 1_400_500, sysctls: [NamedValue(name: "hw.vmm.ppt.devices", value: "1")],
      kernelEnvironment: [NamedValue(name: "pptdevs", value: "10/0/1")])
    host.gaps = [
      Gap(.host, "a", reason: "b"), Gap(.line(3), "c", reason: "d", remedy: "e"),
      Gap(.function(card.address), "f", reason: "g"),
    ]
    return host
  }

  @Test func everyFactSurvives() throws {
    let host = Self.host()
    var json = JSONWriter(isIndented: true)
    MachineWriter(host, detail: .snapshot).write(into: &json)
    #expect(try MachineReader.read(json.bytes, location: "file") == host)
  }

  @Test(
    "a document that is no host says why",
    arguments: [
      ("[]", "there is no member \"schema\""),
      ("{\"schema\":\"passthru.plan/1\"}", "the schema is passthru.plan/1, not passthru.host/1"),
      ("{\"schema\":\"passthru.host/1\"}", "there is no array \"functions\""),
      (
        "{\"schema\":\"passthru.host/1\",\"functions\":[{}]}",
        "functions[0]: address must be an address such as 0000:0a:00.0"
      ),
      (
        "{\"schema\":\"passthru.host/1\",\"functions\":["
          + "{\"address\":\"00:01.0\",\"vendorID\":\"8086\",\"deviceID\":\"0001\"},"
          + "{\"address\":\"0000:00:01.0\",\"vendorID\":\"8086\",\"deviceID\":\"0001\"}]}",
        "the function 0000:00:01.0 is there twice"
      ),
      ("{", "line 1: a member needs a name"),
    ])
  func failure(_ text: String, _ reason: String) {
    #expect(throws: MachineReader.Failure(reason: reason)) {
      try MachineReader.read(Array(text.utf8), location: "file")
    }
  }

  @Test func serialNumbersAreMasked() {
    var host = Self.host()
    var bytes = [UInt8](repeating: 0, count: 4096)
    bytes.replaceSubrange(0x100..<0x10c, with: [3, 0, 1, 0, 1, 2, 3, 4, 5, 6, 7, 8])
    host.functions[1].configuration = ConfigurationSpace(bytes)
    host.functions[0].listedCapabilities = [
      ListedCapability(
        id: DeviceSerialNumber.id, offset: 0x140, version: 1,
        text: "Serial 1 a0369fffff123456")
    ]
    let masked = host.maskingSerialNumbers
    let space = masked.functions[1].configuration
    #expect(space?.quadWord(at: 0x104) == 0)
    #expect(space?.doubleWord(at: 0x100) == 0x0001_0003)
    #expect(
      masked.functions[0].listedCapabilities?.first?.text == "Serial 1 xxxxxxxxxxxxxxxx")
  }
}
