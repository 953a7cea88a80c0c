// SPDX-License-Identifier: Apache-2.0

import Foundation
import PCI
import PCIHost
import TestCorpora
import Testing

@testable import PCIBus

@Suite struct SysfsFactsTests {
  private func host(_ tree: String) throws -> Machine {
    try SysfsScanner(root: try TestCorpora.unpacked(tree).path).scan()
  }

  /// The guests listed their own groups when the trees were recorded.
  @Test(.enabled(if: TestCorpora.isPresent), arguments: SysfsTrees.whole)
  func groupsAreTheKernels(_ tree: String) throws {
    let folder = try TestCorpora.unpacked(tree)
    let text = try String(
      contentsOf: folder.appendingPathComponent("cmd/iommu-groups.txt"), encoding: .utf8)
    var expected: [String: Int] = [:]
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      if words.count > 2, words[0] == "group" { expected[String(words[2])] = Int(words[1]) }
    }
    let host = try host(tree)
    let ours = host.functions.compactMap { function in
      function.iommuGroup.map { (function.address.description, $0) }
    }
    #expect(Dictionary(uniqueKeysWithValues: ours) == expected)
    #expect(host.iommu.isEnabled == !expected.isEmpty)
  }

  @Test(
    .enabled(if: TestCorpora.isPresent),
    arguments: [
      ("linux-vm/intel-rich.tar.zst", IOMMUState.Kind.intel, true, true, true, ["dmar0"]),
      ("linux-vm/noiommu-rich.tar.zst", nil, false, false, false, []),
      ("linux-vm/desktop-noiommu.tar.zst", nil, false, false, false, []),
      (
        "linux-vm/arm-smmuv3.tar.zst", .smmuV3, true, true, true, ["smmu3.0x0000000009050000"]
      ),
    ] as [(String, IOMMUState.Kind?, Bool, Bool, Bool, [String])])
  func iommuState(
    _ tree: String, _ kind: IOMMUState.Kind?, _ isEnabled: Bool, _ isPresent: Bool,
    _ remaps: Bool, _ units: [String]
  ) throws {
    let state = try host(tree).iommu
    #expect(state.kind == kind)
    #expect(state.isEnabled == isEnabled)
    #expect(state.isPresent == isPresent)
    #expect(state.remapsInterrupts == remaps)
    #expect(state.units == units)
  }

  /// The architecture of a recorded tree, against QEMU's command beside it: `qemu-system-aarch64`.
  @Test(
    .enabled(if: TestCorpora.isPresent),
    arguments: [("intel-rich", "x86_64"), ("arm-smmuv3", "aarch64")])
  func architecture(_ name: String, _ architecture: String) throws {
    #expect(try host("linux-vm/\(name).tar.zst").system.architecture == architecture)
  }

  /// Bridges' buses, against the attributes that read configuration space.
  @Test(.enabled(if: TestCorpora.isPresent), arguments: SysfsTrees.whole)
  func bridgeBusesAreTheRegisters(_ tree: String) throws {
    let folder = try TestCorpora.unpacked(tree)
    let devices = try SysfsTrees.devices(below: folder)
    var compared = 0
    for function in try host(tree).functions {
      let url = devices.appendingPathComponent(function.address.description)
      func number(_ name: String) -> Int? {
        let text = try? String(contentsOf: url.appendingPathComponent(name), encoding: .utf8)
        return text.flatMap { Int($0.trimmingCharacters(in: .newlines)) }
      }
      let secondary = number("secondary_bus_number")
      #expect(function.bridge.map { Int($0.secondary) } == secondary, "\(function.address)")
      if let bridge = function.bridge, let subordinate = number("subordinate_bus_number") {
        compared += 1
        #expect(Int(bridge.subordinate) <= subordinate)
        #expect(bridge.subordinate >= bridge.secondary)
      }
    }
    #expect(compared > 0)
  }

  /// Header types that were inferred, against the registers.
  @Test(.enabled(if: TestCorpora.isPresent), arguments: SysfsTrees.withConfiguration)
  func inferredHeadersAreTheRegisters(_ tree: String) throws {
    let folder = try TestCorpora.unpacked(tree)
    var host = try SysfsScanner(root: folder.path).scan()
    let inferred = host.functions
    ConfigurationReader(root: folder.path).read(host.functions.indices, into: &host)
    for (before, after) in zip(inferred, host.functions) {
      let space = try #require(after.configuration)
      #expect(before.headerType == space.headerType, "\(before.address)")
      // What siblings show is true; what they do not show may be.
      if before.isMultiFunction == true { #expect(after.isMultiFunction == true) }
    }
    #expect(!host.gaps.contains { $0.subject == .host && $0.fact == "configuration" })
  }

  @Test(.enabled(if: TestCorpora.isPresent))
  func childDevicesOfIntelRich() throws {
    let host = try host("linux-vm/intel-rich.tar.zst")
    func names(_ kind: ChildDevice.Kind, _ address: String) -> [String] {
      host.childDevices.filter { $0.kind == kind && $0.function.description == address }
        .map(\.name)
    }
    #expect(names(.display, "0000:00:02.0") == ["card0"])
    #expect(names(.framebuffer, "0000:01:00.0") == ["fb1"])
    #expect(names(.sound, "0000:01:00.1") == ["card1"])
    #expect(names(.nvme, "0000:02:00.0") == ["nvme0"])
    // Multipath: the namespace is below nvme-subsystem, its path nvme0c0n1 is not.
    #expect(names(.block, "0000:02:00.0") == ["nvme0n1"])
    #expect(names(.block, "0000:10:00.0") == ["vda"])
    #expect(
      host.linux?.commandLine == "console=ttyS0 quiet panic=-1 intel_iommu=on  lab=sriov,snap")
    #expect(host.linux?.acpiTables?.contains("DMAR") == true)
    #expect(host.linux?.modules?.contains("virtio_scsi") == true)
    #expect(host.linux?.deviceOrder?.first == 0)
    #expect(host.linux?.deviceOrder?.count == 62)
    let regions = host.linux?.reservedRegions ?? []
    #expect(
      regions.contains(
        ReservedRegion(group: 3, start: 0xfee0_0000, end: 0xfeef_ffff, type: "msi")))
    #expect(host.system.release == "6.1.0-56-amd64")
  }

  @Test(.enabled(if: TestCorpora.isPresent))
  func recordedRootDiskIsADependency() throws {
    // hwloc's tree has /proc/self/mounts and no mountinfo: / is on /dev/vda1.
    let host = try host("hwloc/2pa-pcidomain32bits.tar.bz2")
    let root = host.dependencies.filter { $0.subject == "/" }
    #expect(root.map(\.function.description) == ["10000:00:04.0"])
    #expect(root.map(\.chain) == [["vda1", "vda"]])
  }
}
