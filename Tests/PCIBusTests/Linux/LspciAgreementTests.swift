// SPDX-License-Identifier: Apache-2.0

import Foundation
import PCI
import PCIHost
import TestCorpora
import Testing

@testable import PCIBus

@Suite struct LspciAgreementTests {
  static let isInstalled: Bool = {
    let isInstalled = (try? TestCorpora.run("lspci", ["--version"])) ?? nil != nil
    if !isInstalled { print("SKIPPED: lspci is not installed: its answers are not compared") }
    return isInstalled
  }()

  private func compare(_ host: Machine, _ records: LspciRecords, drivers: String? = nil) {
    #expect(
      Set(host.functions.map(\.address.description)) == Set(records.functions.keys))
    for function in host.functions {
      let name = function.address.description
      guard let fields = records.functions[name] else { continue }
      func agrees(_ tag: String, _ ours: String?) {
        #expect(fields[tag] == ours, "\(name) \(tag)")
      }
      agrees("Vendor", function.identity.vendorID.digits(4))
      agrees("Device", function.identity.deviceID.digits(4))
      agrees("Class", function.classCode?.baseAndSubClass.digits(4))
      // lspci prints no subsystem whose vendor is 0 (QEMU's LSI 53C895A has
      // 0000:1000) or ffff, and no revision 0.
      let vendor = function.identity.subsystemVendorID
      let isPrinted = vendor != 0 && vendor != 0xffff
      agrees("SVendor", isPrinted ? vendor?.digits(4) : nil)
      agrees("SDevice", isPrinted ? function.identity.subsystemID?.digits(4) : nil)
      let revision = function.identity.revisionID
      agrees("Rev", revision == 0 ? nil : revision?.digits(2))
      if let interface = fields["ProgIf"] {
        #expect(interface == function.classCode?.programmingInterface.digits(2), "\(name) ProgIf")
      }
      // libpci resolves the driver's link to its end, and hwloc's trees do not
      // hold the drivers: it then says nothing.
      if drivers.map({ FileManager.default.fileExists(atPath: $0 + "/\(name)/driver") }) ?? true {
        agrees("Driver", function.driver?.name)
      } else {
        #expect(fields["Driver"] == nil)
      }
      agrees("NUMANode", function.numaNode.map { String($0) })
      agrees("IOMMUGroup", function.iommuGroup.map { String($0) })
      agrees("PhySlot", function.slotName)
    }
  }

  @Test(.enabled(if: isInstalled && FileManager.default.fileExists(atPath: "/sys/bus/pci/devices")))
  func liveBus() throws {
    let text = try #require(try TestCorpora.run("lspci", ["-Dnvmmk"]))
    compare(try SysfsScanner().scan(), LspciRecords(text))
  }

  /// Trees with configuration space: lspci reads it even for ids.
  @Test(.enabled(if: TestCorpora.isPresent && isInstalled), arguments: SysfsTrees.withConfiguration)
  func recordedTree(_ tree: String) throws {
    let folder = try TestCorpora.unpacked(tree)
    let bus = try SysfsTrees.devices(below: folder).deletingLastPathComponent().path
    let text = try #require(
      try TestCorpora.run(
        "lspci", ["-A", "linux-sysfs", "-O", "sysfs.path=" + bus, "-Dnvmmk"]))
    var host = try SysfsScanner(root: folder.path).scan()
    // Linux before 4.10 has no revision attribute: lspci takes it from here too.
    ConfigurationReader(root: folder.path).read(host.functions.indices, into: &host)
    compare(host, LspciRecords(text), drivers: bus + "/devices")
  }

  /// What the guests' own lspci said when the trees were recorded.
  @Test(.enabled(if: TestCorpora.isPresent), arguments: SysfsTrees.whole)
  func guestsOwnLspci(_ tree: String) throws {
    let folder = try TestCorpora.unpacked(tree)
    let text = try String(
      contentsOf: folder.appendingPathComponent("cmd/lspci-vmmnnk.txt"), encoding: .utf8)
    compare(try SysfsScanner(root: folder.path).scan(), LspciRecords(text))
  }
}

extension FixedWidthInteger {
  /// Hexadecimal digits, padded with zeros.
  func digits(_ width: Int) -> String {
    let text = String(self, radix: 16)
    return String(repeating: "0", count: Swift.max(0, width - text.count)) + text
  }
}
