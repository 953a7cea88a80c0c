// SPDX-License-Identifier: Apache-2.0

import PCIHost
import Testing

/// Names as Linux 6.18's `struct pci_driver` has them below drivers/vfio/pci, xen-pciback's
/// below drivers/xen, and ppt's of sys/amd64/vmm/io/ppt.c.
@Suite struct PassthroughDriverTests {
  @Test(
    arguments: [
      ("vfio-pci", .vfio), ("mlx5_vfio_pci", .vfio), ("hisi-acc-vfio-pci", .vfio),
      ("pds_vfio_pci", .vfio), ("virtio_vfio_pci", .vfio), ("nvgrace_gpu_vfio_pci", .vfio),
      ("qat_vfio_pci", .vfio), ("xe-vfio-pci", .vfio), ("ism_vfio_pci", .vfio),
      ("pci-stub", .stub), ("pciback", .pciback), ("xen-pciback", .pciback), ("ppt", .ppt),
      ("uio_pci_generic", .userSpace), ("igb_uio", .userSpace),
    ] as [(String, PassthroughDriver)])
  func isKnownHoweverItIsSpelled(_ name: String, _ driver: PassthroughDriver) {
    #expect(PassthroughDriver(name) == driver)
    #expect(PassthroughDriver(String(name.map { $0 == "-" ? "_" : $0 })) == driver)
    #expect(PassthroughDriver(String(name.map { $0 == "_" ? "-" : $0 })) == driver)
  }

  @Test(
    arguments: [
      "e1000e", "nvme", "igb", "pcieport", "vfio", "vfio-pci-core", "xvfio-pci", "pptp", "", "ppt0",
      "stub", "mlx5_core", "vfio.pci",
    ])
  func theHostsOwnAreNot(_ name: String) {
    #expect(PassthroughDriver(name) == nil)
  }

  @Test func theRunningKernelMayKnowMore() {
    var host = Machine(
      source: Source(kind: .live, location: "/"), system: OperatingSystem(family: .linux))
    #expect(host.passthroughDriver("acme-migration") == nil)
    host.linux = LinuxFacts()
    host.linux?.passthroughModules = ["acme_migration", "vfio_pci"]
    #expect(host.passthroughDriver("acme-migration") == .vfio)
    #expect(host.passthroughDriver("acme") == nil)
    #expect(host.passthroughDriver(nil) == nil)
  }
}
