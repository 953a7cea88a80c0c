// SPDX-License-Identifier: Apache-2.0

import Foundation
import PCI
import PCIHost
import TestCorpora
import Testing

@testable import PassthruAnalysis

/// A brief assessment decides as the whole one does, for the same reason.
@Suite struct BriefAssessmentTests {
  /// The finding that a verdict rests on, as a list shows it.
  private static func reason(_ assessment: Assessment) -> Finding? {
    switch assessment.verdict {
    case .blocked:
      assessment.findings.first { $0.severity == .blocker && $0.resolution == nil }
    case .conditional: assessment.findings.first { $0.severity == .blocker }
    case .unknown: assessment.findings.first { $0.severity == .unknown }
    case .ready, .eligible: assessment.findings.first { $0.severity == .risk }
    }
  }

  /// How many verdicts there were of each kind.
  private func compare(
    _ host: Machine, _ consumer: Consumer, _ allowing: Set<FunctionAddress> = []
  ) -> [Verdict: Int] {
    let whole = HostTables(host: host, consumer: consumer, allowing: allowing)
    let brief = HostTables(host: host, consumer: consumer, allowing: allowing, isBrief: true)
    var counts: [Verdict: Int] = [:]
    for index in host.functions.indices {
      let all = Assessment(of: index, in: whole)
      let few = Assessment(of: index, in: brief, isBrief: true)
      #expect(all.verdict == few.verdict, "\(all.address) for \(consumer)")
      #expect(Self.reason(all) == Self.reason(few), "\(all.address) for \(consumer)")
      if all.verdict != .blocked { #expect(all.together == few.together) }
      counts[all.verdict, default: 0] += 1
    }
    return counts
  }

  @Test(arguments: RuleExample.all) func onTheHostOfEachRule(_ example: RuleExample) {
    for small in [example.speaks(), example.isSilent()] {
      _ = compare(small.host, example.consumer, example.allowing)
    }
  }

  @Test func onRecordedHosts() throws {
    var counts: [Verdict: Int] = [:]
    let folder = TestCorpora.fixtures.appendingPathComponent("hosts")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(names.count >= 6)
    for file in names.sorted().map({ folder.appendingPathComponent($0) }) {
      var host = try MachineReader.read(TestCorpora.bytes(file), location: file.lastPathComponent)
      for consumer in [Consumer.vfio, .bhyve] {
        counts.merge(compare(host, consumer)) { $0 + $1 }
        // The same machine without an IOMMU, and with one that is off.
        let (iommu, functions) = (host.iommu, host.functions)
        host.iommu = IOMMUState()
        host.iommu.isEnabled = false
        for index in host.functions.indices { host.functions[index].iommuGroup = nil }
        for isPresent in [false, true] {
          host.iommu.isPresent = isPresent
          counts.merge(compare(host, consumer)) { $0 + $1 }
        }
        (host.iommu, host.functions) = (iommu, functions)
      }
    }
    for verdict in [Verdict.blocked, .conditional, .eligible] { #expect(counts[verdict] ?? 0 > 20) }
  }
}
