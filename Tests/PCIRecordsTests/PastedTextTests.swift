// SPDX-License-Identifier: Apache-2.0

import Foundation
import PCI
import PCIHost
import PCIRecords
import TestCorpora
import Testing

/// The same text, as the program printed it and as people paste it.
@Suite struct PastedTextTests {
  private func host(_ bytes: [UInt8]) throws -> Machine {
    try Machine(recording: bytes, location: "test")
  }

  private static let forms: [(name: String, paste: @Sendable (String) -> [UInt8])] = [
    ("UTF-8 with a mark", { [0xef, 0xbb, 0xbf] + Array($0.utf8) }),
    (
      "UTF-16, little", { [0xff, 0xfe] + $0.utf16.flatMap { [UInt8($0 & 0xff), UInt8($0 >> 8)] } }
    ),
    ("UTF-16, big", { [0xfe, 0xff] + $0.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xff)] } }),
    ("CRLF", { Array($0.replacing("\n", with: "\r\n").utf8) }),
    ("a mail", { Array(lines($0, "> ").utf8) }),
    ("a mail of a mail", { Array(lines($0, "> > ").utf8) }),
    ("four blanks", { Array(lines($0, "    ").utf8) }),
    ("a fence", { Array("```\n\($0)```\n".utf8) }),
    ("a prompt", { Array("root@host:~# lspci -nnvvv\n\($0)".utf8) }),
    ("colours", { Array(("\u{1b}[01;31m" + lines($0, "\u{1b}[0m")).utf8) }),
    (
      "no-break spaces",
      { Array($0.replacing("\n    ", with: "\n\u{a0}\u{a0}\u{a0}\u{a0}").utf8) }
    ),
  ]

  private static func lines(_ text: String, _ mark: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      .map { mark + $0 + "\n" }.joined()
  }

  @Test(arguments: forms.indices) func everyForm(_ index: Int) throws {
    let form = Self.forms[index]
    let names = ["lspci/desktop-noiommu-vvvnn.txt", "lspci/legacy-i440fx-xxxx.txt"]
    var texts = try names.map {
      String(
        decoding: try TestCorpora.bytes(TestCorpora.fixtures.appendingPathComponent($0)),
        as: UTF8.self)
    }
    texts.append(Self.pciconf + "\n")
    for text in texts {
      let printed = try host(Array(text.utf8))
      let pasted = try host(form.paste(text))
      #expect(printed.functions.count > 1)
      #expect(pasted.functions == printed.functions, "\(form.name)")
    }
  }

  private static let pciconf = """
    hostb0@pci0:0:0:0:\tclass=0x060000 card=0x00000000 chip=0x19188086 rev=0x01 hdr=0x00
        vendor     = 'Intel Corporation'
    em0@pci0:0:25:0:\tclass=0x020000 rev=0x04 hdr=0x00 vendor=0x8086 device=0x1502 subvendor=0x1462 subdevice=0x7798
        class      = network
        cap 01[c8] = powerspec 2  supports D0 D3  current D0
    """

  @Test func mailFoldsHeadersOfPciconf() throws {
    for place in [" chip=", " rev=0x04", " device=", " subdevice="] {
      let printed = try host(Array(Self.pciconf.utf8))
      let folded = Self.pciconf.replacing(place, with: "\n" + place.dropFirst())
      #expect(folded != Self.pciconf)
      #expect(try host(Array(folded.utf8)).functions == printed.functions, "\(place)")
    }
  }

  @Test func nothingGoesToTheFunctionBeforeALineThatIsNotUnderstood() throws {
    let text = """
      00:04.0 Ethernet controller [0200]: Intel [8086:10d3]
      \tControl: I/O+
      \tCapabilities: [c8] Power Management version 2
      Class of something translated
      \tKernel driver in use: vfio-pci

      """
    let function = try #require(try host(Array(text.utf8)).functions.first)
    #expect(function.driver == nil)
    #expect(function.listedCapabilities == nil)
    let complaint = text.replacing("Class of", with: "pcilib: sysfs_read_vpd: ")
    let whole = try #require(try host(Array(complaint.utf8)).functions.first)
    #expect(whole.driver?.name == "vfio-pci")
    #expect(whole.listedCapabilities?.count == 1)
  }

  /// What `-v` does not print is not taken for absent.
  @Test func silenceIsNotAbsence() throws {
    let text = """
      00:1c.0 PCI bridge [0604]: Intel [8086:9d10]
      \tFlags: bus master
      \tCapabilities: [40] Express Root Port (Slot+), MSI 00
      \tCapabilities: [140] Access Control Services
      00:1d.0 PCI bridge [0604]: Intel [8086:9d18]
      \tFlags: bus master
      \tCapabilities: [40] Express (v2) Root Port (Slot+), MSI 00
      \tCapabilities: [80] Something new
      \tCapabilities: [100 v1] Something else

      """
    let host = try host(Array(text.utf8))
    let first = host.functions[0].capabilityFacts
    #expect(first.portType == .rootPort)
    #expect(first.hasAccessControlServices == true)
    #expect(first.accessControlEnabled == nil)
    #expect(first.supportsFunctionLevelReset == nil)
    #expect(first.msiVectors == 0)
    #expect(host.gaps.contains { $0.fact == "accessControl" })
    let second = host.functions[1].capabilityFacts
    #expect(second.msiVectors == nil)
    #expect(second.hasAccessControlServices == nil)
  }

  @Test func listedSerialNumbersAreMasked() throws {
    let text = """
      00:04.0 Ethernet controller [0200]: Intel [8086:10d3]
      \tCapabilities: [140 v1] Device Serial Number 52-54-00-ff-ff-00-04-00

      """
    let listed = try host(Array(text.utf8)).maskingSerialNumbers.functions[0].listedCapabilities
    #expect(listed?.first?.text.contains("52-54") == false)
  }

  /// Both forms of the loop that wikis give for listing groups.
  @Test(arguments: [
    "IOMMU Group 1 00:01.0 0604: 8086:1901\nIOMMU Group 12 01:00.0 0300: 10de:21c4 (rev a1)\n",
    "IOMMU Group 1:\n\t00:01.0 0604: 8086:1901\nIOMMU Group 12:\n"
      + "\t01:00.0 0300: 10de:21c4 (rev a1)\n",
  ])
  func listingsByGroup(_ text: String) throws {
    let host = try host(Array(text.utf8))
    #expect(host.functions.map { $0.iommuGroup } == [1, 12])
    #expect(host.functions.map { $0.identity.vendorDevice } == ["8086:1901", "10de:21c4"])
    #expect(host.system.family == .linux)
  }

  @Test(.enabled(if: TestCorpora.isPresent)) func listingsOfReports() throws {
    let folder = try #require(TestCorpora.corpora).deletingLastPathComponent()
      .appendingPathComponent("cases/linux/22-shell-loop-listings")
    // The groups of its README and of the text itself.
    let oneLine = try host(TestCorpora.bytes(folder.appendingPathComponent("loop-one-line.txt")))
    #expect(oneLine.functions.compactMap { $0.iommuGroup }.sorted() == [0, 1, 1, 1, 1, 1, 2, 3])
    let indented = try host(TestCorpora.bytes(folder.appendingPathComponent("loop-indented.txt")))
    #expect(indented.functions.map { $0.iommuGroup } == [0, 1, 10, 11])
  }
}
