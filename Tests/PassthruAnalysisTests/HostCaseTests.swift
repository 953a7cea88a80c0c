// SPDX-License-Identifier: Apache-2.0

import Foundation
import PCIBus
import PCIHost
import TestCorpora
import Testing

@testable import PassthruAnalysis

/// Kinds of hosts as people have them: what the host needs is never offered to a guest.
@Suite("What hosts need") struct HostCaseTests {
  /// One row of the index: the case, and the functions that its host needs.
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var needed: [String]
    var testDescription: String { name }
  }

  static let cases: [Case] = {
    guard let corpora = TestCorpora.corpora else { return [] }
    let index = corpora.appendingPathComponent("../cases/hosts/index.tsv")
    guard let text = try? String(contentsOf: index, encoding: .utf8) else {
      print("SKIPPED: no ../shared/cases/hosts: kinds of hosts are not tried")
      return []
    }
    return text.split(separator: "\n").dropFirst().map { line in
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
      return Case(
        name: String(cells[0]),
        needed: cells.count > 1 ? cells[1].split(separator: " ").map(String.init) : [])
    }
  }()

  private func verdicts(_ name: String) throws -> [String: Assessment] {
    let root = try TestCorpora.unpacked("../cases/hosts/\(name).tar.zst")
      .appendingPathComponent(name)
    let host = try SysfsScanner(root: root.path).scan(.full)
    let tables = HostTables(host: host, consumer: .vfio)
    return Dictionary(
      uniqueKeysWithValues: host.functions.indices.map {
        (host.functions[$0].address.description, Assessment(of: $0, in: tables))
      })
  }

  @Test(arguments: cases) func keepsWhatItNeeds(_ one: Case) throws {
    let verdicts = try verdicts(one.name)
    for address in one.needed {
      let assessment = try #require(verdicts[address])
      let isKept = assessment.verdict == .blocked || assessment.verdict == .unknown
      #expect(isKept, "\(address)")
      #expect(
        assessment.findings.contains {
          $0.id.hasPrefix("host.") && ($0.severity == .blocker || $0.severity == .unknown)
        }, "\(address)")
    }
  }

  /// On an ordinary host nothing else is kept: index.tsv names all that this one needs.
  @Test(.enabled(if: !cases.isEmpty)) func anOrdinaryHostGivesTheRest() throws {
    let plain = try #require(Self.cases.first { $0.name == "plain" })
    for (address, assessment) in try verdicts("plain") where !plain.needed.contains(address) {
      #expect(
        !assessment.findings.contains {
          ["host.file-system", "host.default-route", "host.swap", "host.network", "host.program"]
            .contains($0.id)
            && ($0.severity == .blocker || $0.severity == .unknown)
        } || assessment.findings.contains { $0.id == "dev.bridge" }, "\(address)")
    }
  }
}
