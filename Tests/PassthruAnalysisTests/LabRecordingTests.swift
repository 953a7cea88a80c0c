// SPDX-License-Identifier: Apache-2.0

import Foundation
import PCI
import PCIHost
import TestCorpora
import Testing

@testable import PassthruAnalysis

/// The recordings that the lab of virtual machines leaves in Fixtures/hosts.
@Suite struct LabRecordingTests {
  /// What a guest of the lab consists of, counted in its topology's file.
  struct Recording: Sendable, CustomStringConvertible {
    var name: String
    var functions: Int
    var groups: Int
    /// The functions that have no group, in the words of the file.
    var ungrouped: Int
    var iommu: IOMMUState.Kind
    var description: String { name }
  }

  static let recordings = [
    Recording(name: "intel", functions: 62, groups: 41, ungrouped: 0, iommu: .intel),
    // And the IOMMU's own function, which is not translated.
    Recording(name: "amd", functions: 63, groups: 41, ungrouped: 1, iommu: .amd),
    // Fourteen that no driver tried, or that are behind the PCIe-to-PCI bridge.
    Recording(name: "virtio", functions: 63, groups: 34, ungrouped: 14, iommu: .virtio),
    Recording(name: "numa", functions: 18, groups: 13, ungrouped: 0, iommu: .intel),
    Recording(name: "host-safety", functions: 21, groups: 15, ungrouped: 0, iommu: .intel),
  ]

  private static func host(_ name: String) throws -> Machine {
    let url = TestCorpora.fixtures.appendingPathComponent("hosts/lab-\(name).json")
    return try MachineReader.read(TestCorpora.bytes(url), location: url.lastPathComponent)
  }

  /// The groups that a kernel reported, as sets.
  private static func reported(_ host: Machine) -> Set<Set<FunctionAddress>> {
    var groups: [Int: Set<FunctionAddress>] = [:]
    for function in host.functions {
      if let group = function.iommuGroup { groups[group, default: []].insert(function.address) }
    }
    return Set(groups.values)
  }

  @Test func eachRecordingIsTried() throws {
    let folder = TestCorpora.fixtures.appendingPathComponent("hosts")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasPrefix("lab-") }
    #expect(Set(names) == Set(Self.recordings.map { "lab-\($0.name).json" }))
  }

  @Test(arguments: recordings) func groupsAreTheKernels(_ recording: Recording) throws {
    var host = try Self.host(recording.name)
    let kernel = Self.reported(host)
    let grouped = kernel.reduce(into: Set()) { $0.formUnion($1) }
    #expect(host.functions.count == recording.functions)
    #expect(kernel.count == recording.groups)
    #expect(host.functions.count - grouped.count == recording.ungrouped)
    #expect(host.iommu.kind == recording.iommu)
    let agreement = try #require(GroupPrediction(host: host).agreement)
    #expect(
      agreement == GroupAgreement(functions: grouped.count, same: grouped.count, unknown: 0))
    // And where the prediction is told no group: what has none is left out.
    for index in host.functions.indices { host.functions[index].iommuGroup = nil }
    var predicted = Set<Set<FunctionAddress>>()
    for group in GroupPrediction(host: host).groups {
      let members = Set(group.members).intersection(grouped)
      if !members.isEmpty { predicted.insert(members) }
    }
    #expect(predicted == kernel)
  }

  @Test(arguments: recordings) func readsBackWhole(_ recording: Recording) throws {
    let host = try Self.host(recording.name)
    for gap in host.gaps { #expect(!gap.reason.isEmpty && gap.remedy?.isEmpty == false) }
    // All that a guest of the lab cannot say: busybox mounts no securityfs.
    #expect(host.gaps.map(\.fact) == ["linux.use"])
    for function in host.functions {
      let space = try #require(function.configuration)
      #expect(space.bytes.count >= 256)
      #expect(function.headerType != nil && function.classCode != nil)
      #expect(function.upstream != .unknown)
    }
    #expect(host.maskingSerialNumbers == host)
  }

  /// Root on LVM on NVMe behind a switch, swap, and a route through a bridge on a bond.
  @Test func whatTheHostNeedsStays() throws {
    let host = try Self.host("host-safety")
    var kept: [String: Set<FunctionAddress>] = [:]
    var told: [FunctionAddress: [String]] = [:]
    for assessment in host.assessments(for: .vfio) {
      for finding in assessment.findings
      where finding.id.hasPrefix("host.") && finding.severity == .blocker {
        #expect(assessment.verdict == .blocked)
        let function = try #require(host.function(at: assessment.address))
        if function.isBridge == true {
          told[assessment.address, default: []].append(finding.id)
        } else {
          kept[finding.id, default: []].insert(assessment.address)
        }
      }
    }
    #expect(
      kept == [
        "host.file-system": [at("03:00.0")], "host.swap": [at("05:00.0")],
        // The second card of the bond has a neighbour in its group.
        "host.default-route": [at("06:00.0"), at("07:00.0"), at("07:00.1")],
      ])
    // The bridges above each, and not the switch's other port.
    #expect(
      told == [
        at("00:02.0"): ["host.file-system"], at("01:00.0"): ["host.file-system"],
        at("02:00.0"): ["host.file-system"], at("00:03.0"): ["host.swap"],
        at("00:04.0"): ["host.default-route"], at("00:05.0"): ["host.default-route"],
      ])
  }
}
