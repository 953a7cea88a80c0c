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
