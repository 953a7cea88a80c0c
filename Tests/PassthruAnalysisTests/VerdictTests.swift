// SPDX-License-Identifier: Apache-2.0

import PCI
import PCIHost
import Testing

@testable import PassthruAnalysis

@Suite struct VerdictTests {
  private func finding(
    _ severity: Severity, _ resolution: Finding.Resolution? = nil, isDecisive: Bool = true
  ) -> Finding {
    Finding(
      id: "test.rule", severity: severity, evidence: "e", remedy: "r", source: "s",
      resolution: resolution, isDecisive: isDecisive)
  }

  @Test func nothingFoundIsEligibleOrReady() {
    #expect(Verdict(of: [], isHandedOver: false) == .eligible)
    #expect(Verdict(of: [], isHandedOver: true) == .ready)
    #expect(Verdict(of: [finding(.risk), finding(.advice)], isHandedOver: true) == .ready)
  }

  @Test func blockersOutweighMissingFacts() {
    #expect(Verdict(of: [finding(.blocker)], isHandedOver: true) == .blocked)
    #expect(Verdict(of: [finding(.unknown), finding(.blocker)], isHandedOver: false) == .blocked)
  }

  @Test(arguments: Finding.Resolution.allCases)
  func resolvableBlockersAreConditional(_ resolution: Finding.Resolution) {
    #expect(Verdict(of: [finding(.blocker, resolution)], isHandedOver: false) == .conditional)
    #expect(
      Verdict(of: [finding(.blocker, resolution), finding(.blocker)], isHandedOver: false)
        == .blocked)
    #expect(
      Verdict(of: [finding(.blocker, resolution), finding(.unknown)], isHandedOver: false)
        == .unknown)
  }

  @Test func aMissingFactThatDecidesNothingLeavesTheVerdict() {
    #expect(Verdict(of: [finding(.unknown, isDecisive: false)], isHandedOver: false) == .eligible)
    #expect(Verdict(of: [finding(.unknown)], isHandedOver: true) == .unknown)
  }

  @Test func findingsComeHeaviestFirst() {
    var small = SmallHost()
    small.add("00:01.0") {
      $0.iommuGroup = 1
      $0.driver = DriverBinding(name: "e1000e")
    }
    small.add("00:01.1") { $0.iommuGroup = 1 }
    let found = small.host.assessments(for: .vfio)
    #expect(found.map(\.address) == small.host.functions.map(\.address))
    let weights = found[0].findings.map { Severity.allCases.firstIndex(of: $0.severity)! }
    #expect(weights == weights.sorted())
    #expect(found[0].verdict == .conditional)
    #expect(found[0].together == [at("00:01.1")])
  }
}
