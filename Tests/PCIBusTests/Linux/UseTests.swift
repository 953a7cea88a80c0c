// SPDX-License-Identifier: Apache-2.0

import Foundation
import PCI
import PCIHost
import TestCorpora
import Testing

@testable import PCIBus

/// What a user may do on a Linux machine, and who uses its devices.
@Suite struct UseTests {
  private func scan(_ tree: SyntheticTree) throws -> Machine {
    try SysfsScanner(root: tree.root.path).scan()
  }

  private func tree() throws -> SyntheticTree {
    let tree = try SyntheticTree()
    try tree.addFunction("pci0000:00/0000:00:02.0")
    return tree
  }

  @Test(
    arguments: [
      ("none [integrity] confidentiality\n", "integrity"),
      ("[none] integrity confidentiality\n", "none"), ("\n", nil), ("none\n", nil), ("[\n", nil),
    ] as [(String, String?)])
  func lockdown(_ text: String, _ expected: String?) throws {
    let tree = try tree()
    try tree.write("sys/kernel/security/lockdown", text)
    #expect(try scan(tree).linux?.lockdown == expected)
  }

  @Test(
    arguments: [
      ("processor\t: 0\nflags\t\t: fpu vme vmx smx\n", true),
      ("processor\t: 0\nflags\t\t: fpu svm_lock svm\n", true),
      ("processor\t: 0\nflags\t\t: fpu vmxoff svmoff\nbugs: vmx\n", false),
      ("processor\t: 0\nFeatures\t: fp asimd\n", nil),
    ] as [(String, Bool?)])
  func processors(_ text: String, _ expected: Bool?) throws {
    let tree = try tree()
    try tree.write("proc/cpuinfo", text)
    #expect(try scan(tree).linux?.hasVirtualization == expected)
  }

  /// proc_pid_limits(5); CAP_IPC_LOCK is bit 14 of CapEff.
  @Test(
    arguments: [
      ("8388608", "0000000000000000", 8_388_608), ("unlimited", "0000000000000000", .max),
      ("65536", "0000000000004000", .max), ("65536", "000001ffffffbfff", 65536), ("x", "0", nil),
    ] as [(String, String, UInt64?)])
  func lockedMemory(_ limit: String, _ capabilities: String, _ expected: UInt64?) throws {
    let tree = try tree()
    try tree.write(
      "proc/self/limits",
      "Limit                     Soft Limit           Hard Limit           Units     \n"
        + "Max core file size        0                    unlimited            bytes     \n"
        + "Max locked memory         \(limit)              8388608              bytes     \n")
    try tree.write("proc/self/status", "Name:\tcat\nCapEff:\t\(capabilities)\n")
    #expect(try scan(tree).linux?.lockedMemoryLimit == expected)
  }

  /// Debian 12's modules.alias has lines of this form; the second driver is made up.
  @Test func theKernelNamesItsVariantsOfVfio() throws {
    let tree = try tree()
    try tree.write("proc/version", "Linux version 6.12.9-test (a@b) #1\n")
    #expect(try scan(tree).linux?.passthroughModules == nil)
    try tree.write(
      "lib/modules/6.12.9-test/modules.alias",
      "# Aliases extracted from modules themselves.\n"
        + "alias pci:v00008086d000010D3sv*sd*bc*sc*i* e1000e\n"
        + "alias vfio_pci:v*d*sv*sd*bc*sc*i* vfio_pci\n"
        + "alias vfio_pci:v000015B3d0000101Esv*sd*bc*sc*i* mlx5_vfio_pci\n"
        + "alias vfio_pci:v00001234d00000001sv*sd*bc*sc*i* acme_migration\n"
        + "alias vfio_pci:v00001234d00000002sv*sd*bc*sc*i* acme_migration\n"
        + "alias char-major-10-196 vfio\n")
    let host = try scan(tree)
    #expect(host.linux?.passthroughModules == ["acme_migration", "mlx5_vfio_pci", "vfio_pci"])
    #expect(host.passthroughDriver("acme-migration") == .vfio)
    #expect(host.passthroughDriver("e1000e") == nil)
  }

  @Test func connectors() throws {
    let tree = try tree()
    let folder = "pci0000:00/0000:00:02.0/drm/card0"
    for (name, status) in [
      ("DP-1", "disconnected"), ("HDMI-A-1", "connected"), ("VGA-1", "unknown"),
    ] {
      try tree.write("sys/devices/\(folder)/card0-\(name)/status", status + "\n")
      try tree.write(
        "sys/devices/\(folder)/card0-\(name)/enabled",
        (status == "connected" ? "enabled" : "disabled") + "\n")
      try tree.link(
        "sys/class/drm/card0-\(name)", to: "../../devices/\(folder)/card0-\(name)")
    }
    let function = FunctionAddress(domain: 0, bus: 0, deviceFunction: 0x10)
    #expect(
      try scan(tree).linux?.connectors == [
        DisplayConnector(
          name: "card0-DP-1", function: function, isConnected: false, isEnabled: false),
        DisplayConnector(
          name: "card0-HDMI-A-1", function: function, isConnected: true, isEnabled: true),
        DisplayConnector(
          name: "card0-VGA-1", function: function, isConnected: nil, isEnabled: false),
      ])
  }

  @Test func whatIsNotThereIsAGap() throws {
    let tree = try tree()
    let host = try scan(tree)
    #expect(host.linux?.lockdown == nil && host.linux?.connectors == nil)
    #expect(host.linux?.openNodes == nil && host.linux?.passthroughNodes == nil)
    let gap = host.gaps.first { $0.fact == "linux.use" }
    #expect(gap?.reason.contains("/proc/cpuinfo") == true)
    // A list of functions with their verdicts reads none of it, and misses none.
    let list = try SysfsScanner(root: tree.root.path).scan(.verdicts)
    #expect(!list.gaps.contains { $0.fact == "linux.use" })
  }

  /// Programs that hold a group or a card, by the links that the kernel makes for them.
  @Test func openNodesAreThoseOfDevices() throws {
    let tree = try tree()
    try tree.write("proc/self/status", "CapEff:\t000001ffffffffff\n")
    for (process, name, files) in [
      (12, "qemu-system-x86", ["/dev/vfio/vfio", "/dev/vfio/7", "/dev/vfio/7"]),
      (13, "Xorg", ["/dev/dri/card0", "socket:[1]", "/dev/null"]),
      (14, "cat", ["/dev/vfio/8", "/home/dev/vfio/7"]),
    ] as [(Int, String, [String])] {
      try tree.write("proc/\(process)/comm", name + "\n")
      for (number, file) in files.enumerated() {
        try tree.link("proc/\(process)/fd/\(number)", to: file)
      }
    }
    try tree.link(
      "sys/class/drm/card0", to: "../../devices/pci0000:00/0000:00:02.0/drm/card0")
    var host = try scan(tree)
    let address = FunctionAddress(domain: 0, bus: 1, deviceFunction: 0)
    var card = Function(address: address, identity: Identity(vendorID: 1, deviceID: 2))
    card.driver = DriverBinding(name: "vfio-pci")
    card.iommuGroup = 7
    host.functions.append(card)
    let location = try SysfsLocation(at: tree.root.path)
    host.readOpenNodes(SystemTree(location), OpenDevices(SystemTree(location)), 1 << 19)
    let display = FunctionAddress(domain: 0, bus: 0, deviceFunction: 0x10)
    #expect(
      host.linux?.openNodes == [
        OpenNode(function: display, path: "/dev/dri/card0", process: "Xorg", processID: 13),
        OpenNode(
          function: address, path: "/dev/vfio/7", process: "qemu-system-x86", processID: 12),
      ])
    #expect(host.linux?.seesAllPrograms == true)
    host.readOpenNodes(SystemTree(location), OpenDevices(SystemTree(location)), 0)
    #expect(host.linux?.seesAllPrograms == false)
    #expect(host.gaps.contains { $0.fact == "linux.openNodes" })
  }

  /// The table that QEMU made for a machine names every function on the root bus.
  @Test(.enabled(if: TestCorpora.isPresent), arguments: ["intel-rich", "intel-vf-980"])
  func theFirmwaresTable(_ name: String) throws {
    let folder = try TestCorpora.unpacked("linux-vm/\(name).tar.zst")
    let table = folder.appendingPathComponent("sys/firmware/acpi/tables/DMAR")
    let facts = try #require(
      RemappingTable(dmar: [UInt8](try Data(contentsOf: table)))?.facts)
    #expect(facts.leadingUnits == 1 && facts.units.count == 1)
    let scopes = facts.units[0].scopes
    let host = try SysfsScanner(root: folder.path).scan()
    let root = host.functions.filter { $0.address.domain == 0 && $0.address.bus == 0 }
    let bridges = root.filter { $0.headerType == .bridge }
    func numbers(_ kind: UInt8) -> [UInt8] {
      scopes.filter { $0.kind == kind && $0.bus == 0 }.flatMap { $0.path }.sorted()
    }
    #expect(numbers(2) == bridges.map(\.address.deviceFunction).sorted())
    #expect(!numbers(1).isEmpty)
    #expect(
      numbers(1)
        == root.filter { $0.headerType == .endpoint }.map(\.address.deviceFunction).sorted())
  }
}
