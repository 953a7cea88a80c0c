// SPDX-License-Identifier: Apache-2.0

import Foundation
import PCIHost
import Testing

@testable import PCIBus

@Suite struct SysfsLocationTests {
  private func tree() throws -> SyntheticTree {
    let tree = try SyntheticTree()
    try tree.addFunction("pci0000:00/0000:00:02.0")
    try tree.write("proc/version", "Linux version 6.1.0-test (a@b) #1\n")
    return tree
  }

  @Test(arguments: ["", "/", "/sys", "/sys/", "/sys/bus/pci", "/sys/bus/pci/devices"])
  func everyLevelOfATreeWillDo(_ suffix: String) throws {
    let tree = try tree()
    let host = try SysfsScanner(root: tree.root.path + suffix).scan()
    #expect(host.functions.count == 1)
    #expect(host.source.kind == .sysfs)
    #expect(host.source.location == tree.root.path + suffix)
    #expect(host.system.release == "6.1.0-test")
  }

  @Test(arguments: ["a", "a/b"])
  func wrappersAreSeenThrough(_ wrapper: String) throws {
    let tree = try SyntheticTree()
    try tree.write(wrapper + "/proc/version", "Linux version 6.1.0-test (a@b) #1\n")
    try tree.write(wrapper + "/sys/bus/pci/devices/0000:00:02.0/uevent", "PCI_ID=8086:1521\n")
    let host = try SysfsScanner(root: tree.root.path).scan()
    #expect(host.functions.count == 1)
    #expect(host.system.release == "6.1.0-test")
  }

  @Test func loneBusDirectory() throws {
    let tree = try SyntheticTree()
    try tree.write("devices/0000:00:02.0/uevent", "PCI_CLASS=20000\nPCI_ID=8086:1521\n")
    for suffix in ["", "/devices"] {
      let host = try SysfsScanner(root: tree.root.path + suffix).scan()
      #expect(host.functions.map(\.identity.vendorDevice) == ["8086:1521"])
      #expect(host.functions.first?.upstream == .unknown)
      #expect(host.gaps.contains { $0.fact == "upstream" })
      #expect(host.system.release == nil)
      #expect(host.gaps.contains { $0.fact == "system.release" })
    }
  }

  private func error(_ path: String) -> ScanError? {
    do throws(ScanError) {
      _ = try SysfsScanner(root: path).scan()
      return nil
    } catch {
      return error
    }
  }

  @Test func nothingThere() {
    let error = error("/no/such/path")
    #expect(error?.code == .missing)
    #expect(error?.path == "/no/such/path")
    #expect(error?.remedy != nil)
  }

  @Test func aFile() throws {
    let tree = try SyntheticTree()
    try tree.write("file", "text")
    #expect(error(tree.root.path + "/file")?.code == .notRecognised)
  }

  @Test func aDirectoryThatIsNoSysfs() throws {
    let tree = try SyntheticTree()
    #expect(error(tree.root.path)?.code == .notRecognised)
    try tree.write("devices/readme", "text")
    #expect(error(tree.root.path)?.code == .notRecognised)
  }

  @Test func aSysfsWithoutPCI() throws {
    let tree = try SyntheticTree()
    try tree.write("sys/bus/usb/devices/usb1/uevent", "")
    try tree.write("sys/kernel/uevent_seqnum", "1\n")
    #expect(error(tree.root.path)?.code == .noBus)
    #expect(error(tree.root.path + "/sys")?.code == .noBus)
  }

  @Test func twoTreesAreAmbiguous() throws {
    let tree = try SyntheticTree()
    try tree.write("a/sys/bus/pci/devices/0000:00:02.0/uevent", "")
    try tree.write("b/sys/bus/pci/devices/0000:00:02.0/uevent", "")
    #expect(error(tree.root.path)?.message == "holds 2 sysfs trees")
  }

  @Test func linkLoopIsAnError() throws {
    let tree = try SyntheticTree()
    try tree.link("loop", to: "loop")
    #expect(error(tree.root.path + "/loop")?.code == .failed)
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/sys/bus/pci/devices")))
  func theRunningMachineIsLive() throws {
    for root in ["/sys", "/", "/sys/bus/pci"] {
      let host = try SysfsScanner(root: root).scan()
      #expect(host.source.kind == .live)
      #expect(host.system.release != nil)
      #expect(host.system.architecture != nil)
      #expect(!host.functions.isEmpty)
    }
  }
}
