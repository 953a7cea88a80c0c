// SPDX-License-Identifier: Apache-2.0

import PCI
import PCIHost
import Testing

@testable import PassthruConfig

/// Lines that the consumers' own documents and users give for such a card.
@Suite struct KnownTextTests {
  func emit(
    _ target: String, _ devices: [String], host: Machine? = nil,
    _ change: (inout ConfigurationRequest) -> Void = { _ in }
  ) throws -> ConfigurationDocument {
    let target = try #require(Target.named(target))
    let host =
      host ?? (target.platform == .freebsd ? SampleHost.gateway : SampleHost.workstation)
    var request = ConfigurationRequest(
      host: host, devices: devices.map { SampleHost.address($0) }, guest: "g")
    change(&request)
    return try target.emit(request)
  }

  static let both = ["0a:00.0", "0a:00.1"]

  /// Bus 0x0a is 10: decimal for FreeBSD and ESXi, hexadecimal elsewhere.
  @Test(arguments: [
    ("devctl", "devctl set driver -f pci0:10:0:0 ppt\n"),
    ("cbsd", "cbsd bhyve-ppt mode=attach ppt=10/0/0 jname=g\n"),
    ("bhyve-config", "pci.0.20.1.bus=10\npci.0.20.1.slot=0\npci.0.20.1.func=1\n"),
    ("libvirt-bhyve", "<address domain='0x0000' bus='0x0a' slot='0x00' function='0x1'/>"),
    ("esxi", "pciPassthru0.id = \"00000:010:00.0\"\n"),
    ("esxi", "pciPassthru1.deviceId = \"0x1521\"\n"),
    ("driverctl", "driverctl set-override 0000:0a:00.0 vfio-pci\n"),
    ("modprobe", "options vfio-pci ids=8086:1521\n"),
    ("dracut", "force_drivers+=\" vfio_pci vfio vfio_iommu_type1 \"\n"),
    ("proxmox", "machine: q35\nhostpci0: 0000:0a:00,pcie=1\n"),
    ("proxmox-mapping", "path=0000:0a:00,id=8086:1521"),
    ("xen", "pci = [ '0000:0a:00.*' ]\n"),
    ("xen-pciback", "xen-pciback.hide=(0000:0a:00.0)(0000:0a:00.1)\n"),
    (
      "cloud-hypervisor",
      "--device path=/sys/bus/pci/devices/0000:0a:00.0/ path=/sys/bus/pci/devices/0000:0a:00.1/\n"
    ),
    ("crosvm", "--vfio /sys/bus/pci/devices/0000:0a:00.1,guest-address=00:10.1\n"),
    ("incus", "incus config device add g passthru0 pci address=0000:0a:00.0\n"),
    ("unraid", "BIND=0000:0a:00.0|8086:1521 0000:0a:00.1|8086:1521\n"),
    ("truenas", "pci_0000_0a_00_0"),
    ("kubevirt", "pciVendorSelector: \"8086:1521\"\n"),
  ])
  func textHas(_ target: String, _ line: String) throws {
    let text = try emit(target, Self.both).text
    #expect(text.includes(line), "\(text)")
  }

  @Test func hyperVNamesTheWayFromTheRoot() throws {
    var host = SampleHost.workstation
    for index in host.functions.indices where host.functions[index].address.bus == 0x0a {
      host.functions[index].upstream = .bridge(SampleHost.address("00:1c.0"))
      host.functions[index].baseAddressRegisters = [
        BaseAddressRegister(
          index: 0, kind: .memory32, isPrefetchable: false, isEnabled: true,
          address: 0xf000_0000, size: 1 << 20),
        BaseAddressRegister(
          index: 2, kind: .memory64, isPrefetchable: true, isEnabled: true,
          address: 0x10_0000_0000, size: 16 << 30),
      ]
    }
    let text = try emit("hyperv", ["0a:00.1"], host: host).text
    #expect(text.includes("$path = 'PCIROOT(0)#PCI(1C00)#PCI(0001)'\n"), "\(text)")
    #expect(text.includes("'PCI\\VEN_8086&DEV_1521*'"))
    // Twice 1 MB and 128 MB below; twice 16 GB and 512 MB above.
    #expect(text.includes("-LowMemoryMappedIoSpace 256MB -HighMemoryMappedIoSpace 33280MB"))
  }

  @Test func twinsAreNotNamedByTheirIDs() throws {
    var host = SampleHost.workstation
    host.functions.append(SampleHost.function("0c:00.0", ids: (0x8086, 0x10d3)))
    #expect(throws: ConfigurationError.self) { try emit("modprobe", ["0b:00.0"], host: host) }
    let line = try emit("kernel-cmdline", ["0b:00.0"], host: host)
    #expect(line.text == "intel_iommu=on\n")
    #expect(line.losses.count == 1)
    for index in host.functions.indices where host.functions[index].identity.deviceID == 0x10d3 {
      host.functions[index].identity.subsystemVendorID = 0x8086
      host.functions[index].identity.subsystemID =
        UInt16(host.functions[index].address.bus)
    }
    #expect(
      try emit("modprobe", ["0b:00.0"], host: host).text.includes("ids=8086:10d3:8086:000b\n"))
  }

  @Test func amdNeedsNoParameter() throws {
    var host = SampleHost.workstation
    host.iommu.kind = .amd
    #expect(
      try emit("kernel-cmdline", ["0b:00.0"], host: host).text == "vfio-pci.ids=8086:10d3\n")
  }

  @Test(arguments: [
    ("libvirt-bhyve", [11, 9]), ("qemu-json", [6, 1]),
  ])
  func olderVersionsAreRefused(_ target: String, _ version: [Int]) throws {
    #expect(throws: ConfigurationError.self) {
      try emit(target, ["0b:00.0"]) { $0.version = version }
    }
    _ = try emit(target, ["0b:00.0"]) { $0.version = [version[0] + 1, 0] }
  }

  @Test func iommufdComesWithQEMU9() throws {
    let new = try emit("qemu", ["0b:00.0"]) { $0.version = [9, 0] }.text
    #expect(new.includes("-object iommufd,id=iommufd0"))
    #expect(new.includes("iommufd=iommufd0"))
    let old = try emit("qemu", ["0b:00.0"]) { $0.version = [8, 2] }.text
    #expect(!old.includes("iommufd"))
  }

  @Test func oldTrueNASHasItsOwnShape() throws {
    let old = try emit("truenas", ["0b:00.0"]) { $0.version = [24, 10] }.text
    #expect(old.includes("$vm,\\\"dtype\\\":\\\"PCI\\\",\\\"attributes\\\":{\\\"pptdev"), "\(old)")
  }

  @Test func hintsNeedFreeBSD12() throws {
    let moved = SampleHost.address("0b:00.0")
    for (release, hasHint) in [(11, false), (12, true), (15, true)] {
      let text = try emit("loader.conf", ["0a:00.1"]) {
        $0.release = release
        $0.renumbered = [.init(driver: "em", address: moved, from: 2, to: 1, names: [])]
      }.text
      #expect(text.includes("hint.em.2.at") == hasHint)
    }
  }

  /// Where the slot was chosen it is the one that is written.
  @Test(arguments: [
    ("bhyve", "-S -s 9:2,passthru,11/0/0\n"),
    ("bhyve-config", "pci.0.9.2.device=passthru\n"), ("vm-bhyve", "passthru0=\"11/0/0=9:2\"\n"),
    ("iohyve", "bargs=-S_-A_-H_-P_-s_9:2,passthru,11/0/0\n"),
    ("libvirt", "bus='0x09' slot='0x00' function='0x2'"), ("qemu", "addr=00.2"),
    ("crosvm", "guest-address=00:09.2\n"),
  ])
  func slotIsTheOneThatWasChosen(_ target: String, _ line: String) throws {
    let document = try emit(target, ["0b:00.0"]) {
      $0.guestSlot = 9
      $0.guestFunction = 2
    }
    #expect(document.text.includes(line), "\(document.text)")
    #expect(!document.warnings.isEmpty)
  }

  @Test(arguments: [
    "cbsd", "proxmox", "cloud-hypervisor", "kata", "incus", "truenas", "esxi",
    "hyperv", "kubevirt",
  ])
  func slotIsRefusedWhereItCannotBeChosen(_ target: String) throws {
    #expect(throws: ConfigurationError.self) {
      try emit(target, ["0b:00.0"]) { $0.guestSlot = 9 }
    }
  }

  /// QEMU's `host=` has 16 bits of a domain, so those that use it refuse VMD's.
  @Test(arguments: [
    "libvirt", "virt-install", "proxmox", "proxmox-mapping", "incus", "truenas", "kubevirt",
    "xen", "xen-pciback", "unraid",
  ])
  func domainsAboveSixteenBitsAreRefused(_ target: String) throws {
    #expect(throws: ConfigurationError.self) { try emit(target, ["10000:e1:00.0"]) }
  }
}

/// The way back of each target that changes a host.
@Suite struct UndoTests {
  /// Of these the text itself is taken out again, and nothing else was changed.
  static let withoutUndo: Set<String> = [
    "bhyve", "bhyve-config", "vm-bhyve", "libvirt-bhyve", "qemu", "qemu-json", "virt-install",
    "xen", "cloud-hypervisor", "crosvm", "firecracker", "kubevirt", "esxi", "virtualbox",
  ]

  @Test(arguments: Target.all.map(\.name))
  func everyChangeHasAWayBack(_ name: String) throws {
    let target = try #require(Target.named(name))
    var host = target.platform == .freebsd ? SampleHost.gateway : SampleHost.workstation
    for index in host.functions.indices where host.functions[index].address.bus == 0x0a {
      host.functions[index].upstream = .bridge(SampleHost.address("00:1c.0"))
    }
    let request = ConfigurationRequest(
      host: host, devices: ["0a:00.0", "0a:00.1"].map { SampleHost.address($0) }, guest: "g")
    let undo = try target.undo(request)
    #expect((undo == nil) == Self.withoutUndo.contains(name))
    guard let undo else { return }
    #expect(undo.text.hasSuffix("\n"))
    // A file of our own is removed by its path; a device is given back by its name.
    guard let path = (try? target.emit(request))?.path, undo.text.includes("rm \(path)\n") else {
      let names = [
        "pci0:10:0:1", "10/0/1", "0000:0a:00.1", "pci_0000_0a_00_1", "0000-0a-00", "0000:0a:00",
        "passthru1", "ids=8086:1521", "PCI(0001)", "bargs=", "sriovdp-config", "passthru-g",
      ]
      #expect(names.contains { undo.text.includes($0) }, "\(undo.text)")
      return
    }
  }
}

/// What consumers cannot do is refused, each with its reason.
@Suite struct RefusedTargetTests {
  /// Slot 0 of a guest is its host bridge: QEMU and bhyve refuse a second device there.
  @Test(arguments: ["bhyve", "bhyve-config", "qemu", "libvirt", "xen", "crosvm"])
  func slotZeroIsTaken(_ name: String) throws {
    let target = try #require(Target.named(name))
    let isFreeBSD = target.platform == .freebsd
    var request = SampleHost.request(
      "0b:00.0", host: isFreeBSD ? SampleHost.gateway : SampleHost.workstation)
    request.guestSlot = 0
    #expect(throws: ConfigurationError.self) { try target.emit(request) }
  }

  /// The plugin's README: netDevice is class 02 and accelerator is class 12.
  @Test func devicePluginKnowsTwoClasses() throws {
    let target = try #require(Target.named("sriov-device-plugin"))
    var host = SampleHost.workstation
    let index = try #require(
      host.functions.firstIndex { $0.address == SampleHost.address("0b:00.0") })
    host.functions[index].classCode = ClassCode(rawValue: 0x120000)
    let text = try target.emit(SampleHost.request("0b:00.0", host: host)).text
    #expect(text.includes("\"deviceType\": \"accelerator\","))
    host.functions[index].classCode = ClassCode(rawValue: 0x030000)
    #expect(throws: ConfigurationError.self) {
      try target.emit(SampleHost.request("0b:00.0", host: host))
    }
  }

  /// sysfs shows 0x0000 twice for a card without the pair (`assert_valid` compares that).
  @Test func proxmoxMappingNamesTheSubsystemAlways() throws {
    let target = try #require(Target.named("proxmox-mapping"))
    let document = try target.emit(
      SampleHost.request("0b:00.0", host: SampleHost.workstation))
    #expect(document.text.includes(",subsystem-id=0000:0000"))
    #expect(document.warnings.contains { $0.includes("no subsystem") })
  }

  /// The undo finds the number by the device, in a guest that has another's hostpci0.
  @Test(.enabled(if: Programs.have("dash"))) func proxmoxUndoLooksTheNumberUp() throws {
    let target = try #require(Target.named("proxmox"))
    let undo = try #require(
      try target.undo(SampleHost.request("0b:00.0", host: SampleHost.workstation, guest: "101")))
    let script = """
      qm() {
        case $1 in
          config) printf '%s\\n' 'hostpci0: 0000:01:00,pcie=1' \
              'hostpci3: pcie=1,host=0000:0b:00.0' 'hostpci4: 0000:0b:00.01' ;;
          set) echo "$@" ;;
        esac
      }

      """
    let outcome = try Programs.run("dash", [], input: script + undo.text)
    #expect(outcome.output == "set 101 --delete hostpci3\n", "\(undo.text)\(outcome.errors)")
  }
}
