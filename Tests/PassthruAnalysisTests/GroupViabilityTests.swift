// SPDX-License-Identifier: Apache-2.0

import PCI
import PCIHost
import Testing

@testable import PassthruAnalysis

/// Which members keep a group from being handed over, by the generation of the kernel.
@Suite struct GroupViabilityTests {
  /// The state of one member: its class and header, its driver.
  struct Member: Sendable, CustomStringConvertible {
    var header: HeaderType
    var driver: String?
    var isHeldBefore519: Bool
    var isHeldSince: Bool

    var description: String { "\(header) held by \(driver ?? "nobody")" }
  }

  /// Linux 5.18 drivers/vfio/vfio.c, `vfio_dev_driver_allowed`; 6.12
  /// drivers/pci/pci-driver.c, `pci_dma_configure`.
  static let members = [
    Member(header: .endpoint, driver: nil, isHeldBefore519: false, isHeldSince: false),
    Member(header: .endpoint, driver: "vfio-pci", isHeldBefore519: false, isHeldSince: false),
    Member(header: .endpoint, driver: "mlx5_vfio_pci", isHeldBefore519: false, isHeldSince: false),
    Member(header: .endpoint, driver: "pci-stub", isHeldBefore519: false, isHeldSince: false),
    Member(header: .endpoint, driver: "e1000e", isHeldBefore519: true, isHeldSince: true),
    Member(header: .endpoint, driver: "uio_pci_generic", isHeldBefore519: true, isHeldSince: true),
    Member(header: .endpoint, driver: "xen-pciback", isHeldBefore519: true, isHeldSince: true),
    Member(header: .bridge, driver: nil, isHeldBefore519: false, isHeldSince: false),
    Member(header: .bridge, driver: "pcieport", isHeldBefore519: false, isHeldSince: false),
    Member(header: .bridge, driver: "shpchp", isHeldBefore519: false, isHeldSince: true),
    Member(header: .cardBus, driver: "yenta_cardbus", isHeldBefore519: false, isHeldSince: true),
  ]

  @Test(arguments: members) func driversOfMembers(_ member: Member) {
    var function = Function(
      address: at("01:00.1"), identity: Identity(vendorID: 1, deviceID: 2))
    function.headerType = member.header
    function.driver = member.driver.map { DriverBinding(name: $0) }
    #expect(GroupViability.allowedDrivers.isHeld(function) == member.isHeldBefore519)
    #expect(GroupViability.ownership.isHeld(function) == member.isHeldSince)
  }

  @Test(
    arguments: [
      ("5.18.19-200.fc36.x86_64", GroupViability.allowedDrivers),
      ("4.19.0-amd64", .allowedDrivers), ("5.19.0", .ownership), ("6.12.9-amd64", .ownership),
      (nil, .ownership), ("strange", .ownership),
    ] as [(String?, GroupViability)])
  func theKernelDecides(_ release: String?, _ viability: GroupViability) {
    var small = SmallHost()
    small.host.system.release = release
    #expect(GroupViability(for: small.host) == viability)
  }

  /// A slot's hot-plug driver on the port above: no obstacle once, one since 5.19.
  @Test func aDriverOnABridge() throws {
    for (release, verdict) in [("5.10.0", Verdict.eligible), ("6.1.0", .conditional)] {
      var small = SmallHost()
      small.host.system.release = release
      small.add("01:00.0", 0x120000) { $0.iommuGroup = 1 }
      small.addBridge("00:01.0", to: 1) {
        $0.iommuGroup = 1
        $0.driver = DriverBinding(name: "shpchp")
      }
      let found = small.host.assessments(for: .vfio)[0]
      #expect(found.verdict == verdict, "\(release)")
      #expect(found.together.isEmpty)
      let finding = found.findings.first { $0.id == "group.shared-host" }
      #expect((finding != nil) == (release == "6.1.0"))
      if let finding {
        #expect(finding.evidence.contains("0000:00:01.0 (shpchp)"))
        #expect(finding.resolution == .change)
      }
    }
  }
}
