// SPDX-License-Identifier: Apache-2.0

import Foundation
import PCI
import PCIHost
import TestCorpora
import Testing

@testable import PassthruConfig

/// The linter over files with one fault each, and over files with none.
///
/// `Fixtures/lint/index.tsv` says of each file its kind, its host, the fault,
/// its line, and who saw it.
@Suite struct LintTests {
  struct Entry: CustomStringConvertible, Sendable {
    var file: String
    var kind: ConfigurationKind
    var host: String
    var fault: String?
    var line: Int
    var description: String { file }
  }

  static let entries: [Entry] = {
    let index = TestCorpora.fixtures.appendingPathComponent("lint/index.tsv")
    guard let bytes = try? TestCorpora.bytes(index) else { return [] }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").dropFirst().map { row in
      let fields = row.split(separator: "\t").map(String.init)
      guard fields.count == 6, let kind = ConfigurationKind(rawValue: fields[1]) else {
        preconditionFailure("\(row)")
      }
      return Entry(
        file: fields[0], kind: kind, host: fields[2], fault: fields[3] == "-" ? nil : fields[3],
        line: Int(fields[4]) ?? 0)
    }
  }()

  static func host(_ name: String) -> Machine? {
    switch name {
    case "gateway": return SampleHost.gateway
    case "workstation": return SampleHost.workstation
    case "twins":
      var host = SampleHost.workstation
      host.functions.append(SampleHost.function("0c:00.0", ids: (0x8086, 0x10d3)))
      return host
    case "amd":
      var host = SampleHost.gateway
      host.iommu.kind = .amd
      return host
    default: return nil
    }
  }

  func bytes(_ entry: Entry) throws -> [UInt8] {
    try TestCorpora.bytes(TestCorpora.fixtures.appendingPathComponent("lint/" + entry.file))
  }

  @Test func thereAreFortyOfEach() {
    #expect(Self.entries.filter { $0.fault != nil }.count >= 40)
    #expect(Self.entries.filter { $0.fault == nil }.count >= 40)
    let files = try? FileManager.default.subpathsOfDirectory(
      atPath: TestCorpora.fixtures.appendingPathComponent("lint").path)
    let indexed = Set(Self.entries.map(\.file))
    #expect(Set(files?.filter { $0.contains("/") } ?? []) == indexed)
  }

  @Test(arguments: entries)
  func findsTheFaultAndNothingElse(_ entry: Entry) throws {
    let findings = lint(try bytes(entry), kind: entry.kind, host: Self.host(entry.host))
    if let fault = entry.fault {
      #expect(findings.map(\.id) == [fault], "\(findings)")
      #expect(findings.first?.line == entry.line)
      #expect(findings.allSatisfy { !$0.reason.isEmpty && !$0.remedy.isEmpty })
    } else {
      #expect(findings.isEmpty, "\(findings)")
    }
  }

  /// Without the host only what needs one is not found.
  @Test(arguments: entries)
  func needsNoHost(_ entry: Entry) throws {
    let needHost: Set<String> = [
      "pptdevs.absent", "pptdevs.bridge", "pptdevs.domain", "pptdevs.moved", "vfio.ids-twin",
    ]
    let findings = lint(try bytes(entry), kind: entry.kind)
    #expect(findings.map(\.id) == [entry.fault].compactMap { $0 }.filter { !needHost.contains($0) })
  }

  @Test(arguments: entries)
  func kindIsToldByNameOrContent(_ entry: Entry) throws {
    #expect(ConfigurationKind(path: entry.file, bytes: try bytes(entry)) == entry.kind)
  }

  /// Content alone tells too, unless nothing in the file does.
  @Test func kindIsToldByContentAlone() throws {
    var untold: [String] = []
    for entry in Self.entries {
      let kind = ConfigurationKind(path: "x", bytes: try bytes(entry))
      if kind != entry.kind { untold.append("\(entry.file): \(kind?.rawValue ?? "-")") }
    }
    #expect(
      untold == [
        "bad/hint-padded.loader.conf: -", "bad/quote.loader.conf: -",
        "good/no-devices.loader.conf: -",
      ])
  }

  @Test func hostileBytesDoNotTrap() {
    var generator = RoundTripTests.Generator(state: 7)
    let alphabet = Array("<>='\"/:,#[]{}0a9. \n\t-pcimhosd*|()".utf8) + [0, 0xff, 0xc3]
    for entry in Self.entries.indices {
      for kind in ConfigurationKind.allCases {
        var bytes: [UInt8] = []
        for _ in 0..<(20 + entry) {
          bytes.append(alphabet.randomElement(using: &generator) ?? 0)
        }
        _ = lint(bytes, kind: kind, host: SampleHost.workstation)
      }
    }
    for entry in Self.entries {
      guard let whole = try? bytes(entry) else { continue }
      for kind in ConfigurationKind.allCases {
        for end in stride(from: 0, to: whole.count, by: 7) {
          _ = lint(Array(whole[..<end]), kind: kind, host: SampleHost.workstation)
        }
      }
    }
  }

  /// A remedy that says which line to take out or to add, taken by the letter.
  ///
  /// The fault is gone then, and no other is there that was not before. Remedies that say
  /// how to write a value want a choice of the reader's and are not in this.
  @Test func remediesByTheLetterMendAndBreakNothing() throws {
    var files = try Self.entries.map { ($0.kind, Self.host($0.host), try bytes($0)) }
    if PublicCaseTests.folder != nil {
      files += try PublicCaseTests.cases.map { ($0.kind, nil, try PublicCaseTests.bytes($0.file)) }
    }
    let ofOurs = Self.entries.count
    var count = 0
    var counted = 0
    for (place, (kind, host, text)) in files.enumerated() where kind != .libvirt && kind != .qemu {
      let before = lint(text, kind: kind, host: host)
      for finding in before {
        var file = FileLines(text)
        if ["take it out", "take one line out"].contains(finding.remedy), file.lines.count > 1 {
          file.remove(finding.line - 1)
        } else if finding.remedy.hasPrefix("add "), finding.remedy.includes("="),
          !finding.remedy.dropFirst(4).contains(where: { $0 == " " || $0 == "," })
        {
          file.append(String(finding.remedy.dropFirst(4)))
        } else {
          continue
        }
        let after = lint(file.bytes, kind: kind, host: host)
        #expect(
          after.count { $0.id == finding.id } < before.count { $0.id == finding.id },
          "\(finding) in \(String(decoding: text, as: UTF8.self))")
        let known = Set(before.map(\.id))
        #expect(after.allSatisfy { known.contains($0.id) || $0.severity != .fault }, "\(after)")
        count += 1
        if place < ofOurs { counted += 1 }
      }
    }
    #expect(counted >= 4, "only \(counted) of \(count) are of files that are always here")
  }

  /// A text that is none of the kinds is not taken for one, and a script not for a file.
  @Test func kindsOfOwnOutputAreRight() throws {
    let kinds: [String: ConfigurationKind] = [
      "loader.conf": .loaderConf, "vm-bhyve": .vmBhyve, "bhyve": .bhyve,
      "bhyve-config": .bhyveConfig, "iohyve": .iohyve, "cbsd": .bhyve, "modprobe": .modprobe,
      "udev": .udev, "kernel-cmdline": .kernelCommandLine, "libvirt": .libvirt,
      "libvirt-bhyve": .libvirt, "qemu": .qemu, "qemu-json": .qemu, "proxmox": .proxmox,
      "xen": .xen, "xen-pciback": .modprobe, "unraid": .unraid, "esxi": .esxi,
    ]
    for target in Target.all {
      let host = target.platform == .freebsd ? SampleHost.gateway : SampleHost.workstation
      guard let document = try? target.emit(SampleHost.request("0b:00.0", host: host)) else {
        continue
      }
      let told = ConfigurationKind(path: "x", bytes: Array(document.text.utf8))
      #expect(told == nil || told == kinds[target.name], "\(target.name): \(document.text)")
    }
  }

  /// Random bytes, and every beginning of the files that are here, in and out of each format.
  @Test func hostileFilesDoNotTrapAMerge() throws {
    var generator = RoundTripTests.Generator(state: 41)
    let alphabet = Array("passthru0=\"3/0/0=20:0\" hostpci: ids=,#\\\n\r\t'$[".utf8) + [0, 0xff]
    var texts = try Self.entries.map { try bytes($0) }
    for length in 0..<400 {
      texts.append((0..<length).map { _ in alphabet.randomElement(using: &generator) ?? 0 })
    }
    for (name, _) in UnmergeTests.settled {
      let target = try #require(Target.named(name))
      let request = UnmergeTests.request(name)
      for text in texts {
        guard let merged = try? target.merge(request, into: text) else { continue }
        // What was understood once is understood again.
        _ = try target.unmerge(request, from: merged.bytes)
      }
    }
  }

  /// What the targets write has no fault.
  @Test func ownOutputIsClean() throws {
    for target in Target.all {
      for devices in [["0a:00.0", "0a:00.1"], ["0b:00.0"], ["0a:00.0", "0a:00.1", "0b:00.0"]] {
        let host = target.platform == .freebsd ? SampleHost.gateway : SampleHost.workstation
        let request = ConfigurationRequest(
          host: host, devices: devices.map { SampleHost.address($0) }, guest: "g")
        guard let document = try? target.emit(request),
          let kind = ConfigurationKind(
            path: document.path ?? target.name, bytes: Array(document.text.utf8))
        else { continue }
        #expect(
          lint(Array(document.text.utf8), kind: kind, host: host).isEmpty,
          "\(target.name): \(lint(Array(document.text.utf8), kind: kind, host: host))")
      }
    }
  }
}
