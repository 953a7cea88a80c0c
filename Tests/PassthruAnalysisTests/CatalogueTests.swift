// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestCorpora
import Testing

@testable import PassthruAnalysis

/// Every row of the catalogues is a rule, or says what takes its place.
@Suite struct CatalogueTests {
  private static let rows = Catalogue.linux + Catalogue.linuxHost + Catalogue.freeBSD

  @Test(arguments: rows) func everyRowIsDecided(_ row: Catalogue.Row) {
    #expect(row.rules.isEmpty == (row.instead != nil))
    for id in row.rules { #expect(Rule.all.contains { $0.id == id }, "\(id)") }
  }

  @Test func everyRuleHasARow() {
    let named = Set(Self.rows.flatMap(\.rules))
    #expect(Rule.all.map(\.id).filter { !named.contains($0) } == Catalogue.beyond)
  }

  /// The rules of Linux's rows judge for vfio, those of FreeBSD's for bhyve.
  @Test func rulesServeTheirSystem() {
    for (rows, consumer) in [
      (Catalogue.linux + Catalogue.linuxHost, Consumer.vfio), (Catalogue.freeBSD, .bhyve),
    ] {
      for row in rows where !row.rules.isEmpty {
        let served = row.rules.filter { id in
          Rule.all.contains { $0.id == id && $0.consumers.contains(consumer) }
        }
        #expect(served == row.rules, "\(row)")
      }
    }
  }

  /// The tables of the reference that stands beside the project, where it does.
  private static let reference: URL? = {
    guard let corpora = TestCorpora.corpora else { return nil }
    let url = corpora.deletingLastPathComponent().appendingPathComponent("reference")
    return FileManager.default.fileExists(atPath: url.path) ? url : nil
  }()

  @Test(
    .enabled(if: reference != nil),
    arguments: [
      ("linux.md", "## 4. ", "### 4.1", Catalogue.linux),
      ("linux.md", "### 4.1", "## 5", Catalogue.linuxHost),
      ("freebsd.md", "## 9. ", "## 10", Catalogue.freeBSD),
    ])
  func noRowIsLeftOut(
    _ file: String, _ start: String, _ end: String, _ rows: [Catalogue.Row]
  ) throws {
    let folder = try #require(Self.reference)
    let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
    let lines = text.split(separator: "\n").drop { !$0.hasPrefix(start) }.dropFirst()
      .prefix { !$0.hasPrefix(end) }
    let names = lines.filter { $0.hasPrefix("|") }.dropFirst(2).compactMap { line in
      line.split(separator: "|").first?.trimmingCharacters(in: .whitespaces)
    }
    #expect(names.count > 10)
    #expect(names == rows.map(\.row))
  }
}
