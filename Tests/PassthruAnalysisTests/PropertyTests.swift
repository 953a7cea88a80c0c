// SPDX-License-Identifier: Apache-2.0

import PCI
import PCIBus
import PCIHost
import TestCorpora
import Testing

@testable import PassthruAnalysis

/// What must hold for every host.
@Suite struct PropertyTests {
  private struct Dice: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state
    }
  }

  private static func recorded(_ name: String) throws -> Machine {
    let root = try TestCorpora.unpacked("linux-vm/\(name).tar.zst").path
    var host = try SysfsScanner(root: root).scan(.full)
    ConfigurationReader(root: root).read(host.functions.indices, into: &host)
    return host
  }

  @Test(
    .enabled(if: TestCorpora.isPresent), arguments: ["intel-rich", "noiommu-rich"],
    Consumer.allCases)
  func theOrderOfFunctionsChangesNothing(_ name: String, _ consumer: Consumer) throws {
    var host = try Self.recorded(name)
    let before = Dictionary(
      uniqueKeysWithValues: host.assessments(for: consumer).map { ($0.address, $0) })
    let groups = GroupPrediction(host: host).groups
    var dice = Dice(state: 1)
    for _ in 0..<3 {
      host.functions.shuffle(using: &dice)
      for assessment in host.assessments(for: consumer) {
        #expect(before[assessment.address] == assessment)
      }
      #expect(GroupPrediction(host: host).groups == groups)
    }
  }

  @Test(
    .enabled(if: TestCorpora.isPresent), arguments: ["intel-rich", "noiommu-rich"],
    Consumer.allCases)
  func anUnrelatedDeviceChangesNoOther(_ name: String, _ consumer: Consumer) throws {
    var host = try Self.recorded(name)
    let before = host.assessments(for: consumer)
    var other = Function(
      address: at("fe:1e.0"), identity: Identity(vendorID: 0xdead, deviceID: 0xbeef))
    other.classCode = ClassCode(rawValue: 0x120000)
    other.headerType = .endpoint
    other.upstream = .rootBus(other.address.busAddress)
    other.iommuGroup = name == "intel-rich" ? 9999 : nil
    other.configuration = space { $0.addExpress(.rootComplexEndpoint) }
    other.baseAddressRegisters = [windowAt(0, size: 4096)]
    host.functions.append(other)
    let after = host.assessments(for: consumer)
    #expect(Array(after.dropLast()) == before)
  }

  /// Whatever was recorded: with the facts gone nothing is called eligible.
  @Test(arguments: Consumer.allCases, [OperatingSystem.Family.linux, .freebsd, .unknown])
  func withoutFactsNothingIsEligible(
    _ consumer: Consumer, _ family: OperatingSystem.Family
  ) {
    var host = Machine(
      source: Source(kind: .lspci, location: "code"), system: OperatingSystem(family: family))
    for (bus, device) in [(0, 0), (0, 2), (1, 0), (1, 1), (2, 0)] {
      host.functions.append(
        Function(
          address: at("0\(bus):0\(device).0"), identity: Identity(vendorID: 1, deviceID: 2)))
    }
    for assessment in host.assessments(for: consumer) {
      #expect(assessment.verdict == .unknown)
      let missing = assessment.findings.filter { $0.severity == .unknown }
      #expect(!missing.isEmpty && missing.allSatisfy { !$0.remedy.isEmpty })
      #expect(assessment.together.isEmpty)
    }
    // Nothing is known of ACS, so that no group is claimed to be final.
    let prediction = GroupPrediction(host: host)
    #expect(prediction.groups.allSatisfy { $0.isInferred && !$0.missingFacts.isEmpty })
  }

  /// Taking single facts away never makes a verdict better.
  @Test(arguments: Consumer.allCases) func lessIsNeverMore(_ consumer: Consumer) {
    var small = SmallHost(consumer == .vfio ? .linux : .freebsd)
    for address in ["01:00.0", "02:00.0"] {
      small.add(address) {
        $0.iommuGroup = consumer == .vfio ? Int($0.address.bus) : nil
        $0.configuration = space {
          $0.addExpress(.endpoint, flr: true)
          $0.add(0x05, [UInt8](repeating: 0, count: 12))
        }
        $0.baseAddressRegisters = [windowAt(0, size: 4096)]
      }
    }
    #expect(small.host.assessments(for: consumer).map(\.verdict) == [.eligible, .eligible])
    let removals: [(String, Consumer?, (inout Machine) -> Void)] = [
      ("iommu", nil, { $0.iommu = IOMMUState() }),
      (
        "class", nil,
        {
          $0.functions[0].classCode = nil
          $0.functions[0].headerType = nil
        }
      ),
      ("capabilities", .bhyve, { $0.functions[0].configuration = nil }),
      ("window sizes", .bhyve, { $0.functions[0].baseAddressRegisters[0].size = nil }),
      ("interrupt remapping", .vfio, { $0.iommu.remapsInterrupts = nil }),
    ]
    for (name, only, remove) in removals where only == nil || only == consumer {
      var host = small.host
      remove(&host)
      let found = host.assessments(for: consumer)[0]
      // Whether interrupts are remapped is a condition that is named.
      let isNamed = found.findings.contains { $0.id == "ir.missing" && $0.resolution == .fact }
      #expect(found.verdict == (isNamed ? .conditional : .unknown), "\(name)")
    }
  }
}
