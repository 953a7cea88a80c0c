// SPDX-License-Identifier: Apache-2.0

import PCI
import PCIBus
import PCIHost
import TestCorpora
import Testing

@testable import PassthruAnalysis

/// Which rules of grouping a machine is judged by.
@Suite struct GroupingPolicyTests {
  private static func port(_ supported: UInt16, _ enabled: UInt16) -> ConfigurationSpace {
    space(header: 1) {
      $0.addExpress(.rootPort)
      $0.addAccessControl(supported: supported, enabled: enabled)
    }
  }

  /// A function behind a root port with ACS off, on a machine of which no groups are known.
  private func machine() -> SmallHost {
    var small = SmallHost()
    small.host.iommu = IOMMUState()
    small.addBridge("00:01.0", to: 1) { $0.configuration = Self.port(0x1d, 0) }
    small.add("01:00.0") {
      $0.upstream = .bridge(at("00:01.0"))
      $0.configuration = space { $0.addExpress(.endpoint) }
    }
    return small
  }

  private func predicted(_ small: SmallHost) -> Finding? {
    small.host.assessments(for: .vfio)[1].findings.first { $0.id == "group.predicted" }
  }

  /// Groups in a text are those of an IOMMU that is on: ACS is as it was read.
  @Test func groupsInATextMeanThatTheIOMMUIsOn() {
    var small = machine()
    #expect(GroupingPolicy(for: small.host).accessControl == .asLinuxWouldSet)
    small.host.deriveIOMMU()
    #expect(small.host.iommu.isEnabled == nil && small.host.iommu.isPresent == nil)
    small.host.functions[0].iommuGroup = 7
    small.host.functions[1].iommuGroup = 7
    // A snapshot of an older version may have groups and nothing of the IOMMU.
    #expect(GroupingPolicy(for: small.host).accessControl == .asRead)
    small.host.deriveIOMMU()
    #expect(small.host.iommu.isEnabled == true && small.host.iommu.isPresent == true)
    let prediction = GroupPrediction(host: small.host)
    #expect(prediction.agreement == GroupAgreement(functions: 2, same: 2, unknown: 0))
    // "What Linux would form" has no place beside what it formed.
    #expect(prediction.notes.isEmpty)
    let given = GroupPrediction(
      host: small.host, policy: GroupingPolicy(algorithm: .pci, accessControl: .asLinuxWouldSet))
    #expect(given.notes.isEmpty)
  }

  /// arm-smmuv3, reduced to what lspci prints, is predicted as the whole tree is.
  @Test(.enabled(if: TestCorpora.isPresent)) func armAsTextIsPredictedAsTheTree() throws {
    let root = try TestCorpora.unpacked("linux-vm/arm-smmuv3.tar.zst").path
    var host = try SysfsScanner(root: root).scan(.full)
    ConfigurationReader(root: root).read(host.functions.indices, into: &host)
    host.system = OperatingSystem(family: .linux)
    host.iommu = IOMMUState()
    host.linux = nil
    host.deriveIOMMU()
    let agreement = try #require(GroupPrediction(host: host).agreement)
    print("groups: arm-smmuv3 as text: \(agreement.functions) functions, \(agreement.same) same")
    #expect(agreement == GroupAgreement(functions: 12, same: 12, unknown: 0))
  }

  /// POWER's and Arm's machines without groups are not judged by x86's rules.
  @Test func otherProcessorsAreUnknown() throws {
    for (architecture, word) in [
      ("ppc64le", "partitionable endpoints"), ("aarch64", "on Arm"), ("riscv64", "riscv64"),
      (nil, "which processor"),
    ] as [(String?, String)] {
      var small = machine()
      small.host.system.architecture = architecture
      let finding = try #require(predicted(small), "\(architecture ?? "none")")
      #expect(finding.severity == .unknown && finding.resolution == nil)
      #expect(finding.evidence.contains(word), "\(finding.evidence)")
    }
    for architecture in ["x86_64", "amd64", "i686"] {
      var small = machine()
      small.host.system.architecture = architecture
      #expect(predicted(small) == nil)
    }
  }

  /// Where no architecture is recorded, what only one family has tells it.
  @Test func hostBridgesTellTheProcessor() throws {
    var small = machine()
    // POWER9's PHB4 (pci.ids: 1014:04c1).
    small.host.functions[0].identity = Identity(vendorID: 0x1014, deviceID: 0x04c1)
    #expect(try #require(predicted(small)).evidence.contains("POWER"))
    // The host bridges of Intel's q35 and of ATI's RD890 for AMD's processors.
    for id: (UInt16, UInt16) in [(0x8086, 0x29c0), (0x1002, 0x5a14)] {
      small = machine()
      small.add("00:00.0", 0x060000, id: id)
      #expect(predicted(small) == nil)
    }
    small = machine()
    small.host.iommu.kind = .amd
    #expect(predicted(small) == nil)
    small.host.iommu.kind = .smmuV3
    #expect(try #require(predicted(small)).severity == .unknown)
  }

  /// An architecture that is taken away makes no verdict better.
  @Test(arguments: ["ppc64le", "aarch64", "x86_64"])
  func withoutTheArchitectureNothingIsBetter(_ architecture: String) {
    for isEnabled in [nil, false, true] {
      var small = machine()
      small.host.iommu.isEnabled = isEnabled
      small.host.system.architecture = architecture
      let before = small.host.assessments(for: .vfio)
      small.host.system.architecture = nil
      let after = small.host.assessments(for: .vfio)
      for (one, other) in zip(before, after) { #expect(other.verdict <= one.verdict) }
    }
  }

  // MARK: Kernels and the table

  /// The first mainline release with each row: the commits are named.
  @Test(
    arguments: [
      // 1f3303aa92e1, on 6.15-rc1.
      (0x0014, 0x7a09, 6, 16),
      // a2b9b123ccac; aa46a3736afc.
      (0x8088, 0x1001, 6, 3), (0x8088, 0x5010, 6, 13),
      // db2f77e2bd99, afd306a65ced, 524e057b2d66.
      (0x14e4, 0x16d7, 5, 13), (0x14e4, 0x1750, 6, 0), (0x14e4, 0x1760, 6, 11),
      // 32837d8a8f63; d08c8b855140.
      (0x177d, 0xa026, 5, 15), (0x1957, 0x8d80, 5, 15),
      // 026f84d3fa62; 44d2f70, of January 2026, on 6.19.
      (0x17cb, 0x0115, 6, 12), (0x17cb, 0x0111, 7, 0), (0x17cb, 0x0120, 7, 0),
    ] as [(UInt16, UInt16, Int, Int)])
  func rowsHoldFromTheirKernelOn(_ vendor: UInt16, _ device: UInt16, _ major: Int, _ minor: Int)
    throws
  {
    // Two functions of one device, without ACS.
    func prediction(_ release: KernelRelease?) -> GroupPrediction {
      var small = SmallHost()
      small.host.system.architecture = "x86_64"
      for function in 0..<2 {
        small.add("00:01.\(function)", id: (vendor, device)) {
          $0.configuration = space(header: 0x80) { $0.addExpress(.endpoint) }
        }
      }
      return GroupPrediction(
        host: small.host,
        policy: GroupingPolicy(algorithm: .pci, accessControl: .asRead, release: release))
    }
    #expect(prediction(KernelRelease(major, minor)).groups.count == 2)
    #expect(prediction(nil).groups.count == 2)
    let before = prediction(
      minor == 0 ? KernelRelease(major - 1, 19) : KernelRelease(major, minor - 1))
    #expect(before.groups.count == 1)
    #expect(before.groups[0].isInferred)
  }

  /// 7.0 takes Source Validation out of two switches of IDT (`pci_disable_broken_acs_cap`).
  @Test(arguments: [(0x80b5, true), (0x8090, true), (0x8091, false)] as [(UInt16, Bool)])
  func brokenSourceValidation(_ device: UInt16, _ isTakenOut: Bool) {
    func isAlone(_ release: KernelRelease?) -> Bool {
      var small = SmallHost()
      small.addBridge("00:01.0", to: 1) { $0.configuration = Self.port(0x1d, 0x1d) }
      small.addBridge("01:00.0", to: 2, id: (0x111d, device)) {
        $0.upstream = .bridge(at("00:01.0"))
        // What 7.x leaves on: all but Source Validation. Of several functions, so that
        // the port needs ACS though it is right below a root port.
        $0.configuration = space(header: 0x81) {
          $0.addExpress(.downstreamPort)
          $0.addAccessControl(supported: 0x1d, enabled: 0x1c)
        }
      }
      small.add("02:00.0") {
        $0.upstream = .bridge(at("01:00.0"))
        $0.configuration = space { $0.addExpress(.endpoint) }
      }
      return GroupPrediction(
        host: small.host,
        policy: GroupingPolicy(algorithm: .pci, accessControl: .asRead, release: release)
      ).groups.count == 3
    }
    #expect(isAlone(KernelRelease(7, 0)) == isTakenOut)
    #expect(isAlone(nil) == isTakenOut)
    #expect(!isAlone(KernelRelease(6, 19)))
  }

  /// ASPEED's AST1150 passes on the ids of what is behind it; the group is the same.
  @Test func aBridgeThatKeepsIdentifiers() throws {
    func machine(_ id: (UInt16, UInt16), _ family: OperatingSystem.Family = .linux) -> SmallHost {
      var small = SmallHost(family)
      small.addBridge("00:01.0", to: 1) { $0.configuration = Self.port(0x1d, 0x1d) }
      small.addBridge("01:00.0", to: 2, id: id) {
        $0.upstream = .bridge(at("00:01.0"))
        $0.configuration = space(header: 1) { $0.addExpress(.expressToPCIBridge) }
      }
      small.add("02:00.0") {
        $0.upstream = .bridge(at("01:00.0"))
        $0.configuration = space { _ in }
      }
      return small
    }
    for (id, kind) in [((0x1a03, 0x1150), GroupReason.Kind.path), ((0x1b21, 0x1080), .bridge)]
      as [((UInt16, UInt16), GroupReason.Kind)]
    {
      let prediction = GroupPrediction(host: machine(id).host)
      #expect(prediction.groups.map(\.members.count) == [1, 2])
      #expect(prediction.groups[1].reasons.map(\.kind) == [kind])
      #expect(
        prediction.groups[1].reasons[0].text.contains("one requester id") == (kind == .bridge))
      let host = machine(id, .freebsd).host
      #expect(
        host.assessments(for: .bhyve)[2].findings.contains { $0.id == "group.legacy-bridge" }
          == (kind == .bridge))
    }
  }

  // MARK: The command line

  /// Which control register an option leaves, of ports on a way of three.
  private func control(
    _ line: String, of address: String, release: KernelRelease? = nil, firmware: UInt16 = 0,
    isWide: Bool = false
  ) -> UInt16? {
    var small = SmallHost()
    small.addBridge("00:1c.4", to: 1, id: (0x8086, 0xa114))
    small.addBridge("01:00.0", to: 2) { $0.upstream = .bridge(at("00:1c.4")) }
    small.addBridge("02:03.0", to: 3) {
      $0.upstream = .bridge(at("01:00.0"))
      $0.identity.subsystemVendorID = 0x1af4
      $0.identity.subsystemID = 0x1100
    }
    guard let index = small.host.functions.firstIndex(where: { $0.address == at(address) }) else {
      return nil
    }
    let option = AccessControlOverride(
      line, functions: small.host.functions, bridgeAbove: [nil, 0, 1], release: release)
    return option?.control(0x1d, firmware: firmware, of: index, isWide: isWide) ?? 0x1d
  }

  /// Documentation/admin-guide/kernel-parameters.txt, `config_acs=`; drivers/pci/pci.c,
  /// `__pci_config_acs`: `(fw_ctrl & ~mask) | (flags & mask)`.
  @Test func settingsKeepTheFirmwaresBits() {
    #expect(control("pci=config_acs=xxxxxx1@00:1c.4", of: "00:1c.4") == 0x01)
    #expect(control("pci=config_acs=xxxxxx1@00:1c.4", of: "00:1c.4", firmware: 0x1c) == 0x1d)
    #expect(control("pci=config_acs=10x@0000:00:1c.4", of: "00:1c.4", firmware: 0x5f) == 0x5d)
    #expect(control("pci=config_acs=X1@00:1c.4", of: "00:1c.4", firmware: 0x08) == 0x09)
    // Another port, and no port: as Linux sets it.
    #expect(control("pci=config_acs=xxxxxx1@00:1c.4", of: "01:00.0") == 0x1d)
    // Kernels before 6.11 know no such option.
    #expect(
      control("pci=config_acs=0000000@00:1c.4", of: "00:1c.4", release: KernelRelease(6, 10))
        == 0x1d)
    #expect(
      control("pci=config_acs=0000000@00:1c.4", of: "00:1c.4", release: KernelRelease(6, 11)) == 0)
    // What the kernel calls invalid changes nothing; the last option of a kind counts.
    for line in ["10y@00:1c.4", "10000000@00:1c.4", "10", "1@00:1c", "1@nonsense"] {
      #expect(control("pci=config_acs=" + line, of: "00:1c.4") == 0x1d, "\(line)")
    }
    #expect(control("pci=config_acs=0@00:1c.4 pci=config_acs=1@00:1c.4", of: "00:1c.4") == 0x01)
    #expect(control("pci=config_acs=0@01:00.0;11@00:1c.4", of: "00:1c.4") == 0x03)
  }

  /// `[DOMAIN:]BUS:DEVICE.FUNCTION[/DEVICE.FUNCTION]*` goes down the bridges
  /// (`pci_dev_str_match_path`).
  @Test func devicesAreNamedByPathsAndIds() {
    for (name, isMatch) in [
      ("02:03.0", true), ("0000:02:03.0", true), ("1:02:03.0", false), ("02:03.1", false),
      ("00:1c.4/00.0/03.0", true), ("0:00:1c.4/0.0/3.0", true), ("01:00.0/03.0", true),
      ("00:1c.4/03.0", false), ("00:1c.4/00.0", false), ("00:1c.5/00.0/03.0", false),
      ("pci:1b36:000c", true), ("pci:0:0", true), ("pci:1b36:0", true), ("pci:8086:000c", false),
      ("pci:1b36:000c:1af4:1100", true), ("pci:1b36:000c:1af4:1101", false),
      ("pci:0:0:1af4:0", true),
    ] {
      #expect(
        control("quiet pci=noaer,disable_acs_redir=\(name)", of: "02:03.0", firmware: 0x1d)
          == (isMatch ? 0x11 : 0x1d), "\(name)")
    }
    #expect(
      control("pci=disable_acs_redir=00:01.0;02:03.0", of: "02:03.0", firmware: 0x1d) == 0x11)
  }

  /// From 6.11 on the other bits of a named port are the firmware's there too; the 100
  /// series' ports have a function of their own (`pci_quirk_disable_intel_spt_pch_acs_redir`).
  @Test func redirectionTakenAway() {
    let line = "pci=disable_acs_redir=00:1c.4"
    #expect(control(line, of: "00:1c.4", release: KernelRelease(6, 10)) == 0x11)
    #expect(control(line, of: "00:1c.4", release: KernelRelease(6, 11)) == 0)
    #expect(control(line, of: "00:1c.4", isWide: true) == 0x11)
    #expect(control("pci=config_acs=0000000@00:1c.4", of: "00:1c.4", isWide: true) == 0x11)
  }
}
