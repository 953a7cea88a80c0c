// SPDX-License-Identifier: Apache-2.0

import PCI
import PCIHost
import Testing

@testable import PassthruAnalysis

/// Grouping on hosts built in code, where no recorded kernel reaches.
///
/// What is expected is what Linux's own text says of each case
/// (drivers/iommu/iommu.c, drivers/pci/search.c and quirks.c).
@Suite struct GroupAlgorithmTests {
  private static let isolating: @Sendable (inout SpaceBuilder) -> Void = {
    $0.addExpress(.rootPort)
    $0.addAccessControl(supported: 0x1d, enabled: 0x1d)
  }

  /// A machine with its IOMMU on and a root port at 00:01.0 that isolates bus 1.
  private static func machine(_ kind: IOMMUState.Kind = .intel) -> SmallHost {
    var small = SmallHost()
    small.host.iommu.kind = kind
    small.addBridge("00:01.0", to: 1) { $0.configuration = space(header: 1, isolating) }
    return small
  }

  private func endpoint(
    _ type: PortType = .endpoint, header: UInt8 = 0
  ) -> ConfigurationSpace { space(header: header) { $0.addExpress(type) } }

  /// The groups, as lists of short addresses.
  private func groups(_ small: SmallHost) -> [String] {
    GroupPrediction(host: small.host).groups.map {
      $0.members.map(\.shortDescription).joined(separator: " ")
    }
  }

  @Test func singleFunctionBehindACleanPathIsAlone() {
    var small = Self.machine()
    small.add("01:00.0") {
      $0.upstream = .bridge(at("00:01.0"))
      $0.configuration = endpoint()
    }
    #expect(groups(small) == ["00:01.0", "01:00.0"])
  }

  @Test func oneOpenPortAboveMergesAllBelowIt() {
    // A switch with ACS below a root port without: all of it is one group.
    var small = SmallHost()
    small.addBridge("00:01.0", to: 1) {
      $0.configuration = space(header: 1) { $0.addExpress(.rootPort) }
    }
    small.addBridge("01:00.0", to: 2) {
      $0.upstream = .bridge(at("00:01.0"))
      $0.configuration = space(header: 1) { $0.addExpress(.upstreamPort) }
    }
    small.addBridge("02:00.0", to: 3) {
      $0.upstream = .bridge(at("01:00.0"))
      $0.configuration = space(header: 1) {
        $0.addExpress(.downstreamPort)
        $0.addAccessControl(supported: 0x1d, enabled: 0x1d)
      }
    }
    small.add("03:00.0") {
      $0.upstream = .bridge(at("02:00.0"))
      $0.configuration = endpoint()
    }
    #expect(groups(small) == ["00:01.0 01:00.0 02:00.0 03:00.0"])
    let prediction = GroupPrediction(host: small.host)
    #expect(prediction.groups[0].reasons.map(\.hop) == [at("00:01.0")])
    #expect(prediction.isolatedSlots.isEmpty)
  }

  @Test func servicesThatTheHardwareLacksCountAsGiven() {
    // Source Validation only, and on: the rest is hard-wired. Egress Control is not.
    for (supported, enabled, isAlone): (UInt16, UInt16, Bool) in [
      (0x01, 0x01, true), (0x1d, 0x19, false), (0x1d, 0x1d, true), (0x5f, 0x5d, true),
      (0x00, 0x00, true), (0x3d, 0x1d, true),
    ] {
      var small = SmallHost()
      small.addBridge("00:01.0", to: 1) {
        $0.configuration = space(header: 1) {
          $0.addExpress(.rootPort)
          $0.addAccessControl(supported: supported, enabled: enabled)
        }
      }
      small.add("01:00.0") {
        $0.upstream = .bridge(at("00:01.0"))
        $0.configuration = endpoint()
      }
      #expect(
        (groups(small).count == 2) == isAlone, "supported \(supported), enabled \(enabled)")
    }
  }

  @Test func everythingBehindALegacyBridgeIsOneGroupWithIt() {
    var small = Self.machine()
    small.addBridge("01:00.0", to: 2) {
      $0.upstream = .bridge(at("00:01.0"))
      $0.configuration = space(header: 1) { $0.addExpress(.expressToPCIBridge) }
    }
    small.addBridge("02:01.0", to: 3) {
      $0.upstream = .bridge(at("01:00.0"))
      $0.configuration = space(header: 1) { _ in }
    }
    for address in ["02:02.0", "03:00.0", "03:01.0"] {
      small.add(address) {
        $0.upstream = .bridge(at(address.hasPrefix("02") ? "01:00.0" : "02:01.0"))
        $0.configuration = space { _ in }
      }
    }
    #expect(groups(small) == ["00:01.0", "01:00.0 02:01.0 02:02.0 03:00.0 03:01.0"])
    let kinds = GroupPrediction(host: small.host).groups[1].reasons.map(\.kind)
    #expect(kinds.allSatisfy { $0 == .bridge })
  }

  /// A function with a stream of its own may have a group though its bridge has none.
  @Test func withoutTheBridgesGroupEachChildGetsItsOwn() {
    var small = Self.machine(.smmuV3)
    small.host.functions[0].iommuGroup = 0
    small.addBridge("01:00.0", to: 2) {
      $0.upstream = .bridge(at("00:01.0"))
      $0.configuration = space(header: 1) { $0.addExpress(.expressToPCIBridge) }
    }
    for (group, address) in ["02:01.0", "02:02.0"].enumerated() {
      small.add(address) {
        $0.upstream = .bridge(at("01:00.0"))
        $0.configuration = space { _ in }
        $0.iommuGroup = 1 + group
      }
    }
    let prediction = GroupPrediction(host: small.host)
    #expect(prediction.agreement == GroupAgreement(functions: 3, same: 3, unknown: 0))
    #expect(prediction.ungrouped.map(\.address) == [at("01:00.0")])
  }

  @Test func anAliasOfFunctionOneJoinsIt() {
    // Marvell 88SE9128: function 0 (SATA) and function 1 (IDE); the IDs of 1 are used.
    var small = Self.machine()
    for (function, device) in [(0, 0x9128), (1, 0x91a0)] {
      small.add("01:00.\(function)", 0x010601, id: (0x1b4b, UInt16(device))) {
        $0.upstream = .bridge(at("00:01.0"))
        // With ACS, so that only the alias joins them.
        $0.configuration = space(header: 0x80) {
          $0.addExpress(.legacyEndpoint)
          $0.addAccessControl(supported: 0x1d, enabled: 0x1d)
        }
      }
    }
    #expect(groups(small) == ["00:01.0", "01:00.0 01:00.1"])
    #expect(GroupPrediction(host: small.host).groups[1].reasons.map(\.kind) == [.alias])
    // Another vendor's device in the same place is not joined.
    small.host.functions[1].identity.vendorID = 0x8086
    small.host.functions[2].identity.vendorID = 0x8086
    #expect(groups(small) == ["00:01.0", "01:00.0", "01:00.1"])
  }

  @Test func twoThatUseTheSameAbsentIdAreNotRelated() {
    // Ricoh 1180:e832 uses function 0 of its slot; function 0 is not there.
    var small = Self.machine()
    for function in [1, 2] {
      small.add("01:00.\(function)", 0x080500, id: (0x1180, 0xe832)) {
        $0.upstream = .bridge(at("00:01.0"))
        $0.configuration = space(header: 0x80) {
          $0.addExpress(.endpoint)
          $0.addAccessControl(supported: 0x1d, enabled: 0x1d)
        }
      }
    }
    #expect(groups(small) == ["00:01.0", "01:00.1", "01:00.2"])
  }

  @Test func aBridgeThatHidesItsCapabilityLendsItsId() {
    // ASM1083: a PCIe-to-PCI bridge without a PCI Express capability.
    var small = Self.machine()
    small.addBridge("01:00.0", to: 2, id: (0x1b21, 0x1080)) {
      $0.upstream = .bridge(at("00:01.0"))
      $0.configuration = space(header: 1) { _ in }
    }
    small.add("02:00.0") {
      $0.upstream = .bridge(at("01:00.0"))
      $0.configuration = space { _ in }
    }
    #expect(groups(small) == ["00:01.0", "01:00.0 02:00.0"])
  }

  @Test func multifunctionWithoutACSIsOneGroupAndWithItIsNot() {
    var small = SmallHost()
    for function in 0..<3 {
      small.add("00:1f.\(function)") {
        $0.configuration = space(header: 0x80) {
          $0.addExpress(.rootComplexEndpoint)
          if function == 2 { $0.addAccessControl(supported: 0x1d, enabled: 0x1d) }
        }
        // Not Intel: its integrated endpoints are isolated by their vendor's word.
        $0.identity.vendorID = 0x1022
      }
    }
    // The one with ACS is not pulled in.
    #expect(groups(small) == ["00:1f.0 00:1f.1", "00:1f.2"])
    for index in small.host.functions.indices {
      small.host.functions[index].identity.vendorID = 0x8086
    }
    #expect(groups(small) == ["00:1f.0", "00:1f.1", "00:1f.2"])
    // Mainline before 5.8 did not take that word, and a late 5.4 does: not known.
    small.host.system.release = "5.4.0-generic"
    #expect(groups(small) == ["00:1f.0 00:1f.1", "00:1f.2"])
    #expect(GroupPrediction(host: small.host).groups.map(\.isInferred) == [true, false])
  }

  @Test func functionsAboveNumberZeroCountAsSeveralEvenWithoutTheBit() {
    var small = SmallHost()
    for function in 0..<2 {
      small.add("00:05.\(function)", id: (0x1022, 1)) {
        $0.configuration = endpoint(.rootComplexEndpoint, header: function == 0 ? 0x80 : 0)
      }
    }
    #expect(groups(small) == ["00:05.0 00:05.1"])
  }

  @Test func networkCardsOnTheListAreApart() {
    var small = Self.machine()
    for function in 0..<2 {
      small.add("01:00.\(function)", id: (0x8086, 0x10c9)) {
        $0.upstream = .bridge(at("00:01.0"))
        $0.configuration = endpoint(header: 0x80)
      }
    }
    #expect(groups(small) == ["00:01.0", "01:00.0", "01:00.1"])
    for index in 1...2 { small.host.functions[index].identity.deviceID = 0x10d3 }
    #expect(groups(small) == ["00:01.0", "01:00.0 01:00.1"])
  }

  @Test func virtualFunctionsAreApartFromTheirPhysicalOne() {
    var small = Self.machine()
    small.add("01:00.0") {
      $0.upstream = .bridge(at("00:01.0"))
      $0.configuration = endpoint(header: 0x80)
    }
    small.add("01:00.1") {
      $0.upstream = .bridge(at("00:01.0"))
      $0.configuration = endpoint(header: 0x80)
    }
    small.add("01:10.0") {
      $0.upstream = .bridge(at("00:01.0"))
      $0.physicalFunction = at("01:00.0")
    }
    #expect(groups(small) == ["00:01.0", "01:00.0 01:00.1", "01:10.0"])
  }

  @Test func sunrisePointPortsHaveWideRegisters() {
    // The capability is at +4 and the control at +8, 32 bits each.
    for (control, count): (UInt8, Int) in [(0x1d, 2), (0x00, 1)] {
      var small = SmallHost()
      small.addBridge("00:1c.0", to: 1, id: (0x8086, 0xa110)) {
        $0.configuration = space(header: 1) {
          $0.addExpress(.rootPort)
          $0.addExtended(0x000d, [0x1d, 0, 0, 0, control, 0, 0, 0])
        }
      }
      small.add("01:00.0") {
        $0.upstream = .bridge(at("00:1c.0"))
        $0.configuration = endpoint()
      }
      #expect(groups(small).count == count)
    }
  }

  @Test func impossiblePortTypesAreCorrected() {
    // A "downstream" port right below a root port is an upstream port, and as a
    // single function it needs no ACS.
    var small = Self.machine()
    small.addBridge("01:00.0", to: 2) {
      $0.upstream = .bridge(at("00:01.0"))
      $0.configuration = space(header: 1) { $0.addExpress(.downstreamPort) }
    }
    small.add("02:00.0") {
      $0.upstream = .bridge(at("01:00.0"))
      $0.configuration = endpoint()
    }
    #expect(groups(small) == ["00:01.0", "01:00.0", "02:00.0"])
  }

  @Test func aDomainBehindVMDIsInTheEndpointsGroup() {
    var small = SmallHost()
    small.add("00:0e.0", 0x010400) { $0.configuration = endpoint(.rootComplexEndpoint) }
    small.addBridge("10000:e0:06.0", to: 0xe1) {
      $0.upstream = .bridge(at("00:0e.0"))
      $0.configuration = space(header: 1, Self.isolating)
    }
    small.add("10000:e1:00.0", 0x010802) {
      $0.upstream = .bridge(at("10000:e0:06.0"))
      $0.configuration = endpoint()
    }
    let prediction = GroupPrediction(host: small.host)
    #expect(prediction.groups.count == 1)
    #expect(prediction.groups[0].reasons.map(\.kind) == [.identity])
    // To the IOMMU it is the VMD: it never goes alone.
    #expect(small.host.assessments(for: .vfio)[2].verdict == .blocked)
  }

  @Test func theIOMMUItselfHasNoGroup() {
    var small = SmallHost()
    small.add("00:00.2", 0x080600, id: (0x1022, 0x1451)) { $0.configuration = space { _ in } }
    small.add("00:01.0", id: (0x1022, 0x1452)) { $0.configuration = endpoint() }
    let prediction = GroupPrediction(host: small.host)
    #expect(prediction.ungrouped.map(\.address) == [at("00:00.2")])
  }

  @Test func powerIsNotPredicted() {
    var small = Self.machine()
    small.host.system.architecture = "ppc64le"
    #expect(GroupPrediction(host: small.host).notPredicted != nil)
    small.host.system.architecture = "s390x"
    #expect(GroupPrediction(host: small.host).groups.count == 1)
  }

  @Test func redirectionSwitchedOffOnTheCommandLineMerges() {
    var small = SmallHost()
    small.host.iommu.isEnabled = false
    small.addBridge("00:01.0", to: 1) {
      $0.configuration = space(header: 1) {
        $0.addExpress(.rootPort)
        $0.addAccessControl(supported: 0x1d, enabled: 0)
      }
    }
    small.add("01:00.0") {
      $0.upstream = .bridge(at("00:01.0"))
      $0.configuration = endpoint()
    }
    #expect(groups(small).count == 2)
    small.host.linux = LinuxFacts()
    for (line, count) in [
      ("pci=disable_acs_redir=0000:00:01.0", 1), ("pci=disable_acs_redir=0000:00:02.0", 2),
      ("pci=noaer,disable_acs_redir=pci:1b36:000c", 1), ("pci=config_acs=xx0x1x0@00:01.0", 1),
      // An x is the firmware's bit, here 0, and not what Linux would set.
      ("pci=config_acs=xx1x1x1@00:01.0", 1), ("pci=config_acs=xx111x1@00:01.0", 2), ("", 2),
    ] {
      small.host.linux?.commandLine = line
      #expect(groups(small).count == count, "\(line)")
    }
  }

  @Test func loopsAndSelfReferencesEnd() {
    var small = SmallHost()
    small.addBridge("01:00.0", to: 2) { $0.upstream = .bridge(at("02:00.0")) }
    small.addBridge("02:00.0", to: 1) { $0.upstream = .bridge(at("01:00.0")) }
    small.addBridge("03:00.0", to: 3) { $0.upstream = .bridge(at("03:00.0")) }
    let prediction = GroupPrediction(host: small.host)
    #expect(prediction.groups.flatMap(\.members).count == 3)
    #expect(small.host.assessments(for: .vfio).count == 3)
    #expect(small.host.assessments(for: .bhyve).count == 3)
  }
}
