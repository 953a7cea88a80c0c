// SPDX-License-Identifier: Apache-2.0

import Foundation
import PCI
import PCIHost
import PCIRecords
import TestCorpora
import Testing

/// Every text of lspci beside the project, counted independently of the reader.
@Suite(.enabled(if: TestCorpora.isPresent)) struct LspciSweepTests {
  static let guests = [
    "arm-smmuv3", "desktop-noiommu", "intel-rich", "intel-vf-980", "legacy-i440fx",
    "noiommu-rich", "vfio-bound",
  ]

  /// The first word of each line, where the line starts with one.
  private func firstWords(_ bytes: [UInt8]) -> [(word: String, line: ArraySlice<UInt8>)] {
    bytes.split(separator: 0x0a).compactMap { line in
      let word = String(
        decoding: line.prefix { $0 != 0x20 && $0 != 0x09 && $0 != 0x0d }, as: UTF8.self)
      return word.isEmpty ? nil : (word, line)
    }
  }

  /// How many lines start with an address: `00:1f.2`, `0000:00:1f.2`.
  private func headers(_ bytes: [UInt8]) -> Int {
    firstWords(bytes).count { word, _ in
      let parts = word.split(whereSeparator: { $0 == ":" || $0 == "." })
      return word.dropLast().hasSuffix(".") && (parts.count == 3 || parts.count == 4)
        && parts.allSatisfy { $0.allSatisfy(\.isHexDigit) }
    }
  }

  /// How many bytes of dump a text has, in lines that start with `00:` or `100:`.
  private func dumped(_ bytes: [UInt8]) -> Int {
    firstWords(bytes).reduce(0) { sum, entry in
      let digits = entry.word.dropLast()
      guard entry.word.hasSuffix(":"), digits.count == 2 || digits.count == 3,
        digits.allSatisfy(\.isHexDigit)
      else { return sum }
      return sum + entry.line.split(whereSeparator: { $0 <= 0x20 }).count - 1
    }
  }

  private func check(_ file: URL, facts: Set<String>) throws -> Machine {
    let bytes = try TestCorpora.bytes(file)
    let host = try Machine(recording: bytes, location: "test")
    #expect(host.functions.count == headers(bytes))
    #expect(host.functions.map { $0.address } == host.functions.map { $0.address }.sorted())
    #expect(!host.isInKernelOrder)
    let kept = host.functions.reduce(0) { $0 + ($1.configuration?.count ?? 0) }
    #expect(kept == dumped(bytes))
    for gap in host.gaps {
      #expect(!gap.reason.isEmpty)
      #expect(facts.contains(gap.fact), "\(gap)")
    }
    return host
  }

  @Test(arguments: TestCorpora.files("lspci-hex"))
  func everyDump(_ file: URL) throws {
    let host = try check(
      file, facts: ["driver", "iommuGroup", "bar.size", "extendedCapabilities"])
    for function in host.functions {
      let space = try #require(function.configuration)
      #expect(function.identity.vendorID == space.word(at: 0))
      #expect(function.classCode != nil)
    }
  }

  @Test(arguments: guests)
  func everyGuestsDump(_ guest: String) throws {
    let cmd = try TestCorpora.unpacked("linux-vm/\(guest).tar.zst").appendingPathComponent("cmd")
    let host = try check(
      cmd.appendingPathComponent("lspci-xxxx.txt"), facts: ["driver", "iommuGroup", "bar.size"])
    // The dump and -n of the same guest name the same functions.
    let ids = try Machine(
      recording: TestCorpora.bytes(cmd.appendingPathComponent("lspci-n.txt")), location: "test")
    try #require(ids.functions.count == host.functions.count)
    for (dumped, named) in zip(host.functions, ids.functions) {
      #expect(dumped.address == named.address)
      // A virtual function dumps ffff:ffff; its ids come from SR-IOV then.
      #expect(dumped.identity.vendorDevice == named.identity.vendorDevice)
      #expect(dumped.identity.revisionID == named.identity.revisionID)
      #expect(dumped.classCode?.baseAndSubClass == named.classCode?.baseAndSubClass)
    }
  }

  @Test(arguments: guests)
  func everyGuestsText(_ guest: String) throws {
    let root = try TestCorpora.unpacked("linux-vm/\(guest).tar.zst")
    let cmd = root.appendingPathComponent("cmd")
    let host = try check(
      cmd.appendingPathComponent("lspci-vvvnn.txt"),
      facts: ["configuration", "iommuGroup", "bar.size"])
    let dump = try Machine(
      recording: TestCorpora.bytes(cmd.appendingPathComponent("lspci-xxxx.txt")), location: "test")
    #expect(host.system.family == .linux)
    for (text, bytes) in zip(host.functions, dump.functions) {
      #expect(text.address == bytes.address)
      #expect(text.classCode == bytes.classCode)
      #expect(text.headerType == bytes.headerType)
      #expect(text.bridge == bytes.bridge)
      #expect(text.upstream == bytes.upstream || bytes.physicalFunction != nil)
      try compareWithSysfs(text, root)
    }
  }

  /// The kernel's own answers, in sysfs of the same guest.
  private func compareWithSysfs(_ function: Function, _ root: URL) throws {
    let device = root.appendingPathComponent("sys/bus/pci/devices/\(function.address)")
    func target(_ link: String) -> String? {
      (try? FileManager.default.destinationOfSymbolicLink(
        atPath: device.appendingPathComponent(link).path)).map {
          ($0 as NSString).lastPathComponent
        }
    }
    #expect(function.iommuGroup.map { String($0) } == target("iommu_group"))
    #expect(
      function.driver?.name.replacing("i6300ESB timer", with: "i6300ESB")
        == target("driver")?.replacing("i6300ESB timer", with: "i6300ESB"))
    let resource = try String(
      contentsOf: device.appendingPathComponent("resource"), encoding: .utf8)
    for (index, line) in resource.split(separator: "\n").prefix(7).enumerated() {
      let numbers = line.split(separator: " ").compactMap { UInt64($0.dropFirst(2), radix: 16) }
      try #require(numbers.count == 3)
      let window = function.baseAddressRegisters.first { Int($0.index) == index }
      guard numbers[1] > numbers[0] else {
        // A window of one byte has the same first and last address, which lspci
        // takes for a window without a size.
        #expect(window?.size == nil)
        continue
      }
      #expect(window?.address == (numbers[0] == 0 ? nil : numbers[0]))
      #expect(window?.size == numbers[1] - numbers[0] + 1)
      // Bit 13 is prefetchable, 8 I/O, 20 64-bit (include/linux/ioport.h).
      #expect(window?.isPrefetchable == (numbers[2] & 0x2000 != 0) || index == 6)
      #expect((window?.kind == .io) == (numbers[2] & 0x100 != 0))
      #expect((window?.kind == .memory64) == (numbers[2] & 0x10_0000 != 0))
    }
  }

  /// A dump has no links; the kernel's `physfn` has.
  @Test(arguments: ["intel-rich", "intel-vf-980"])
  func virtualFunctionsFromBytes(_ guest: String) throws {
    let root = try TestCorpora.unpacked("linux-vm/\(guest).tar.zst")
    let host = try Machine(
      recording: TestCorpora.bytes(root.appendingPathComponent("cmd/lspci-xxxx.txt")),
      location: "test")
    var count = 0
    for function in host.functions {
      let link = root.appendingPathComponent("sys/bus/pci/devices/\(function.address)/physfn")
      let physical = (try? FileManager.default.destinationOfSymbolicLink(atPath: link.path)).map {
        ($0 as NSString).lastPathComponent
      }
      #expect(function.physicalFunction?.description == physical)
      if physical != nil {
        count += 1
        let place = try FileManager.default.destinationOfSymbolicLink(
          atPath: link.deletingLastPathComponent().path)
        let above = (((place as NSString).deletingLastPathComponent) as NSString).lastPathComponent
        if case .bridge(let bridge) = function.upstream {
          #expect(bridge.description == above)
        } else {
          #expect(above.hasPrefix("pci"))
        }
      }
    }
    #expect(count > 5)
  }
}
