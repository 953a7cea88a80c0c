// SPDX-License-Identifier: Apache-2.0

import Foundation
import PCI
import PCIHost
import PCIRecords
import TestCorpora
import Testing

/// Every pciconf text beside the project, counted independently of the reader.
@Suite(.enabled(if: TestCorpora.isPresent)) struct PciconfSweepTests {
  /// The real dumps, and what real kernels in virtual machines printed.
  static let files: [URL] =
    TestCorpora.files("pciconf", suffix: ".pciconf")
    + ["plain15", "ppt15", "rich12", "rich15"].flatMap {
      TestCorpora.files("freebsd-vm/" + $0, suffix: ".txt")
        .filter { $0.lastPathComponent.hasPrefix("pciconf-") }
    }

  @Test func corpusIsWhole() {
    #expect(Self.files.count == 60 + 13)
  }

  @Test(arguments: files)
  func everyHeaderIsAFunctionOrAGap(_ file: URL) throws {
    let bytes = try TestCorpora.bytes(file)
    #expect(try RecordKind(detecting: bytes) == .pciconf)
    let host = try Machine(recording: bytes, location: file.lastPathComponent)
    // One header per `@pci`, wherever in a line it is.
    let occurrences =
      String(decoding: bytes, as: UTF8.self).components(separatedBy: "@pci").count - 1
    let cut = host.gaps.count { $0.fact == "function" }
    #expect(host.functions.count + cut == occurrences)
    #expect(cut == (file.lastPathComponent == "8C298FA5BF.pciconf" ? 1 : 0))
    #expect(host.isInKernelOrder)
    #expect(host.source == Source(kind: .pciconf, location: file.lastPathComponent))
    for gap in host.gaps {
      #expect(!gap.reason.isEmpty)
      #expect(!gap.fact.isEmpty)
    }
    // Nothing of a real text is skipped but the header that the file cuts.
    #expect(!host.gaps.contains { $0.fact == "text" || $0.fact == "header" })
    for function in host.functions {
      #expect(function.classCode != nil)
      #expect(function.headerType != nil)
      #expect(function.identity.revisionID != nil)
      #expect(function.driver == nil || function.driver?.unit != nil)
    }
  }

  /// The corpus' own list says how many functions each file has.
  ///
  /// For the file that is cut in the middle of a header it counts whole headers,
  /// as the reader does.
  @Test func countsAreThoseOfTheCorpus() throws {
    let list = try #require(TestCorpora.files("pciconf", suffix: "index.tsv").first)
    let lines = try String(contentsOf: list, encoding: .utf8).split(separator: "\n").dropFirst()
    #expect(lines.count == 60)
    for line in lines {
      let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
      let file = list.deletingLastPathComponent().appendingPathComponent(String(columns[0]))
      let host = try Machine(recording: TestCorpora.bytes(file), location: "test")
      #expect(host.functions.count == Int(columns[7]), "\(columns[0])")
      #expect((host.system.family == .dragonfly) == columns[2].hasPrefix("DRAGONFLY"))
    }
  }
}
