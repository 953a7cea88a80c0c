// SPDX-License-Identifier: Apache-2.0

import PCI
import PCIHost
import PCINames
import PCIRecords
import PassthruReport
import TestCorpora
import Testing

import struct Foundation.URL

/// The text against the real pciconf's, where both have the field.
@Suite("pciconf's form")
struct PciconfReportTests {
  /// What kernels answered on /dev/pci, one host for each recording.
  ///
  /// Only the raw configuration space and the BAR answers are taken from it;
  /// the rest of a function comes from `pciconf -l` of the same boot.
  private func host(_ name: String) throws -> Machine {
    let folder = TestCorpora.fixtures.appendingPathComponent("freebsd-vm")
      .appendingPathComponent(name)
    var host = try Machine(
      recording: try TestCorpora.bytes(folder.appendingPathComponent("pciconf-lvbce.txt")),
      location: "pciconf-lvbce.txt")
    let answers = String(
      decoding: try TestCorpora.bytes(folder.appendingPathComponent("devpci.txt")), as: UTF8.self)
    var spaces: [[UInt8]] = []
    for line in answers.split(separator: "\n") {
      if line.hasPrefix("dev ") { spaces.append([]) }
      let words = line.split(separator: " ")
      if words[0].count == 4, words[0].hasSuffix(":"), !spaces.isEmpty {
        spaces[spaces.count - 1] += words.dropFirst().compactMap { UInt8($0, radix: 16) }
      }
    }
    try #require(spaces.count == host.functions.count)
    for (index, space) in spaces.enumerated() {
      host.functions[index].configuration = ConfigurationSpace(space)
      host.functions[index].listedCapabilities = nil
    }
    host.freeBSD = FreeBSDFacts(releaseDate: name == "rich12" ? 1_201_000 : 1_500_068)
    return host
  }

  /// The lines of a text that this project has the fields of.
  ///
  /// Names come from whichever pci.ids is at hand, and error counters (-e) are
  /// no part of -lvbc.
  private func comparable(_ text: String) -> [String] {
    text.split(separator: "\n").map { String($0) }.filter { line in
      !line.hasPrefix("    vendor     =") && !line.hasPrefix("    device     =")
        && !line.contains(" errors = ") && !line.contains("  PCI-e errors")
        && !line.contains("Corrected = ") && !line.contains("Fatal = ")
    }
  }

  @Test(
    "From registers, every line is the real one",
    arguments: ["plain15", "ppt15", "rich12", "rich15"])
  func registers(name: String) throws {
    let folder = TestCorpora.fixtures.appendingPathComponent("freebsd-vm")
      .appendingPathComponent(name)
    let real = String(
      decoding: try TestCorpora.bytes(folder.appendingPathComponent("pciconf-lvbce.txt")),
      as: UTF8.self)
    let host = try host(name)
    let printed = PciconfReport(host, names: DeviceNames(nil)).text(
      Array(host.functions.indices))
    var expected = comparable(real)
    // -e adds errors under lines of their own, which -lvbc does not have.
    let ours = comparable(printed)
    expected.removeAll { $0.hasPrefix("                 Non-fatal") }
    for (left, right) in zip(ours, expected) where left != right {
      Issue.record("printed: \(left) | real: \(right)")
      break
    }
    #expect(ours.count == expected.count)
  }

  /// A client may say what no list has: the line is left out, and nothing traps.
  @Test(arguments: [-1, .min]) func anOffsetThatNoListHas(_ offset: Int) throws {
    var host = try self.host("ppt15")
    host.functions[0].configuration = nil
    host.functions[0].listedCapabilities = [
      ListedCapability(
        id: .standard(StandardCapabilityID(rawValue: 0x05)), offset: offset, version: nil,
        text: "never"),
      ListedCapability(
        id: .standard(StandardCapabilityID(rawValue: 0x05)), offset: 0x50, version: nil,
        text: "MSI supports 1"),
    ]
    let printed = PciconfReport(host, names: DeviceNames(nil)).text([0])
    #expect(printed.contains("cap 05[50] = MSI supports 1"))
    #expect(!printed.contains("never"))
  }

  @Test(
    "From a text, the words are those of the text, whatever its release",
    .enabled(if: TestCorpora.isPresent), arguments: TestCorpora.files("pciconf", suffix: ".pciconf")
  )
  func texts(url: URL) throws {
    let bytes = try TestCorpora.bytes(url)
    let host = try Machine(recording: bytes, location: url.lastPathComponent)
    let printed = PciconfReport(host, names: DeviceNames(nil)).text(
      Array(host.functions.indices))
    // Reading what was printed gives the same functions again.
    let again = try Machine(recording: Array(printed.utf8), location: "printed")
    #expect(again.functions.count == host.functions.count)
    for (left, right) in zip(again.functions, host.functions) {
      #expect(left.address == right.address)
      #expect(left.identity.vendorDevice == right.identity.vendorDevice)
      #expect(left.identity.subsystemID == right.identity.subsystemID)
      #expect(left.driver == right.driver, "\(url.lastPathComponent) \(right.address)")
      #expect(left.classCode == right.classCode)
      #expect(left.baseAddressRegisters == right.baseAddressRegisters)
      #expect(
        (left.listedCapabilities ?? []).filter { $0.offset != nil }
          == (right.listedCapabilities ?? []).filter { $0.offset != nil })
    }
    // The class words are the ones that the text has.
    let text = String(decoding: bytes, as: UTF8.self)
    let real = text.split(whereSeparator: \.isNewline).filter {
      $0.hasPrefix("    class      =") || $0.hasPrefix("    subclass   =")
    }
    guard !real.isEmpty else { return }
    let ours = Set(
      printed.split(separator: "\n").filter {
        $0.hasPrefix("    class      =") || $0.hasPrefix("    subclass   =")
      })
    for line in Set(real) {
      let clean = line.trimming(while: \.isWhitespace)
      #expect(
        ours.contains { $0.trimming(while: \.isWhitespace) == clean },
        "\(url.lastPathComponent): \(line)")
    }
  }
}

extension Substring {
  fileprivate func trimming(while predicate: (Character) -> Bool) -> Substring {
    var rest = self
    while let last = rest.last, predicate(last) { rest.removeLast() }
    return rest.drop(while: predicate)
  }
}
