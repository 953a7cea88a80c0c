// SPDX-License-Identifier: Apache-2.0

import Foundation
import PCI
import PCIBus
import PCIHost
import TestCorpora
import Testing

@testable import PassthruAnalysis

/// Predicted groups against those of real kernels.
@Suite struct GroupProofTests {
  /// A recorded machine with all its configuration space.
  private static func machine(_ name: String) throws -> Machine {
    let root = try TestCorpora.unpacked("linux-vm/\(name).tar.zst").path
    var host = try SysfsScanner(root: root).scan(.full)
    ConfigurationReader(root: root).read(host.functions.indices, into: &host)
    return host
  }

  /// Kernels 6.1 with Intel's IOMMU: every function has a group, and so it must be.
  @Test(
    .enabled(if: TestCorpora.isPresent),
    arguments: [("intel-rich", 62, 41), ("vfio-bound", 62, 41), ("intel-vf-980", 980, 978)])
  func partitionIsTheKernels(_ name: String, _ functions: Int, _ groups: Int) throws {
    let host = try Self.machine(name)
    let prediction = GroupPrediction(host: host)
    let agreement = try #require(prediction.agreement)
    print(
      "groups: \(name): \(agreement.functions) functions, \(agreement.same) same, "
        + "\(agreement.unknown) unknown, \(prediction.ungrouped.count) without a group")
    #expect(agreement == GroupAgreement(functions: functions, same: functions, unknown: 0))
    #expect(prediction.groups.count == groups)
    #expect(prediction.groups.count == Set(host.functions.map(\.iommuGroup)).count)
    #expect(prediction.ungrouped.isEmpty)
    #expect(prediction.groups.allSatisfy { !$0.isInferred && $0.reported != nil })
    #expect(prediction.groups.allSatisfy { ($0.members.count > 1) != $0.reasons.isEmpty })
  }

  /// Behind an SMMUv3 only functions that a driver tried have a group.
  @Test(.enabled(if: TestCorpora.isPresent))
  func functionsWithoutAGroupAreToldApart() throws {
    let host = try Self.machine("arm-smmuv3")
    let prediction = GroupPrediction(host: host)
    let agreement = try #require(prediction.agreement)
    print(
      "groups: arm-smmuv3: \(agreement.functions) functions, \(agreement.same) same, "
        + "\(agreement.unknown) unknown, \(prediction.ungrouped.count) without a group")
    let grouped = host.functions.filter { $0.iommuGroup != nil }
    #expect(agreement == GroupAgreement(functions: grouped.count, same: grouped.count, unknown: 0))
    #expect(
      prediction.ungrouped.map(\.address)
        == host.functions.filter { $0.iommuGroup == nil }.map(\.address).sorted())
    #expect(prediction.ungrouped.allSatisfy { !$0.reason.isEmpty })
  }

  /// With the IOMMU off, the prediction is what the same machine shows with it on.
  @Test(.enabled(if: TestCorpora.isPresent))
  func partitionWithoutAnIOMMUIsThatWithOne() throws {
    let off = try Self.machine("noiommu-rich")
    let on = try Self.machine("intel-rich")
    #expect(off.functions.allSatisfy { $0.iommuGroup == nil })
    let prediction = GroupPrediction(host: off)
    #expect(prediction.agreement == nil)
    #expect(prediction.policy.accessControl == .asLinuxWouldSet)
    let shared = Set(off.functions.map(\.address)).intersection(on.functions.map(\.address))
    var reported: [Int: Set<FunctionAddress>] = [:]
    for function in on.functions where shared.contains(function.address) {
      reported[function.iommuGroup!, default: []].insert(function.address)
    }
    var predicted = Set<Set<FunctionAddress>>()
    for group in prediction.groups {
      let members = Set(group.members).intersection(shared)
      if !members.isEmpty { predicted.insert(members) }
    }
    let same = predicted.intersection(reported.values).reduce(0) { $0 + $1.count }
    print("groups: noiommu-rich: \(shared.count) functions of intel-rich, \(same) same")
    #expect(shared.count == 62)
    #expect(predicted == Set(reported.values))
    // The live control registers, which no IOMMU driver touched, give another answer.
    let asRead = GroupPrediction(
      host: off, policy: GroupingPolicy(algorithm: .pci, accessControl: .asRead))
    #expect(asRead.groups.count != prediction.groups.count)
  }

  /// Without configuration space nothing is known of ACS, and nothing is claimed.
  @Test(.enabled(if: TestCorpora.isPresent))
  func missingCapabilitiesAreNamed() throws {
    let root = try TestCorpora.unpacked("linux-vm/intel-rich.tar.zst").path
    let host = try SysfsScanner(root: root).scan(.full)
    let prediction = GroupPrediction(host: host)
    let agreement = try #require(prediction.agreement)
    #expect(agreement.different == 0)
    #expect(agreement.unknown > 0)
    for group in prediction.groups where group.reported == nil {
      #expect(group.isInferred)
      #expect(!group.missingFacts.isEmpty)
    }
  }
}
