// SPDX-License-Identifier: Apache-2.0

/// The rows of the two catalogues of reasons, each with the rules that decide it.
///
/// A row without a rule says what takes its place.
enum Catalogue {
  /// One row.
  struct Row: Sendable, CustomStringConvertible {
    var row: String
    var rules: [String]
    var instead: String?

    var description: String { row }

    init(_ row: String, _ rules: String..., instead: String? = nil) {
      self.row = row
      self.rules = rules
      self.instead = instead
    }
  }

  static let linux: [Row] = [
    Row("iommu.off", "iommu.off"),
    Row("iommu.nogroup", "iommu.no-group"),
    Row("group.shared-host", "group.shared-host", "group.predicted"),
    Row("group.override", "group.override"),
    Row("group.splitfuncs", "group.split-functions"),
    Row("dev.bridge", "dev.bridge"),
    Row("dev.hostbridge", "dev.chipset"),
    Row("dev.denylist", "dev.denylist"),
    Row("dev.pf-with-vfs", "dev.pf-with-vfs"),
    Row("dev.vf", "dev.vf"),
    Row("dev.vmd-child", "dev.vmd-child"),
    Row("resv.direct", "resv.direct"),
    Row("ir.missing", "ir.missing"),
    Row("reset.none", "reset.none"),
    Row("reset.bus-only-shared", "reset.bus-only"),
    Row("reset.amd", "reset.amd"),
    Row("reset.quirk-noflr", "reset.quirk-no-flr"),
    Row("bar.unset", "bar.unset"),
    Row("bar.held", "bar.held"),
    Row("gpu.primary", "display.primary"),
    Row("gpu.only", "host.only-display"),
    Row("gpu.connectors", "display.connected"),
    Row("drv.inuse-drm", "driver.open"),
    Row("usb.console", "host.keyboard", "host.only-usb"),
    Row("power.d3cold", "power.d3cold"),
    Row("numa.remote", "numa.node"),
    Row("link.degraded", "link.degraded"),
    Row("intx.broken", "intx.broken"),
    Row("twins", "dev.twins"),
    Row(
      "bdf.unstable",
      instead: "no fact of a function: configurations that name one by address "
        + "come with its path and ids, and a check of them"),
    Row("kernel.module", "kernel.module"),
    Row("lockdown", "kernel.lockdown"),
    Row("cpu.novirt", "system.virtualization"),
    Row("memlock", "memory.limit"),
    Row("devnode.perm", "node.permission"),
  ]

  static let linuxHost: [Row] = [
    Row("rootfs", "host.file-system"),
    Row("mounted", "host.file-system"),
    Row("swap", "host.swap"),
    Row("dm/lvm/crypt", "host.file-system", "host.swap"),
    Row("md", "host.file-system", "host.swap"),
    Row("zfs", "host.file-system"),
    Row("bcache/ceph/drbd/multipath/nvme-fabrics/loop", "host.file-system"),
    // A volume or array that is set up counts though nothing is mounted from it.
    Row("O_EXCL users", "host.file-system", "host.program"),
    Row("default-route NIC", "host.default-route"),
    Row("ssh session NIC", "host.session"),
    // The route to the server is mostly the default route; a gap names the server.
    Row("NFS/iSCSI root", "host.default-route"),
    Row("bmc/serial console", "host.console"),
    Row("boot console GPU", "host.console", "display.primary"),
    Row(
      "only GPU / only keyboard controller / only NIC", "host.only-display", "host.only-usb",
      "host.only-network", "host.keyboard"),
    Row("bridge or has children", "dev.bridge", "dev.vmd-child"),
    Row("TPM/crypto/IOMMU/NVDIMM/thunderbolt host router", "dev.chipset", "host.thunderbolt"),
    Row("VM already using", "guest.in-use"),
    Row("watchdog, host audio, host wifi", "host.amenity"),
  ]

  static let freeBSD: [Row] = [
    Row("HDR-TYPE", "dev.bridge"),
    Row("DOMAIN-NZ", "dev.domain"),
    Row("ARCH", "system.architecture"),
    Row("CPU-VMM", "system.virtualization"),
    Row("VMM-NOT-LOADED", "vmm.not-loaded"),
    Row("VMM-LATE", "vmm.late"),
    Row("IOMMU-NONE-INTEL", "iommu.off"),
    Row("IOMMU-NO-DRHD", "iommu.no-unit"),
    Row("IOMMU-NONE-AMD", "iommu.off"),
    Row("IOMMU-AMD-OFF", "iommu.amd-off"),
    Row("IOMMU-DISABLED", "iommu.disabled"),
    Row("IOMMU-UNPROVEN", "iommu.unproven"),
    Row("IOMMU-NESTED", "iommu.nested"),
    Row("VTD-SCOPE", "iommu.scope"),
    Row("VTD-MULTI-OLD", "iommu.several-units"),
    Row("VTD-143", "iommu.release-14-3"),
    Row("RMRR", "iommu.reserved-memory"),
    Row("MSI-NONE", "msi.none"),
    Row("MSI-EMULATED", "msi.emulated"),
    Row("MSI-X-TABLE", "msix.table"),
    Row("MSI-DISABLED", "msi.disabled"),
    Row("BAR-ALIGN", "bar.alignment"),
    Row("BAR-32-SUM", "bar.window-32"),
    Row("BAR-64-HUGE", "bar.window-64"),
    Row("BAR-DISABLED", "bar.disabled"),
    Row("BAR-IO", "bar.io"),
    Row("RESET-NONE", "reset.none"),
    Row("RESET-D3", "reset.power"),
    Row("MF-SPLIT", "group.split-functions"),
    Row("ACS-MISSING", "group.not-isolated"),
    Row("PCI-BRIDGE", "group.legacy-bridge"),
    Row("CLASS-BRIDGE/CHIPSET", "dev.chipset"),
    // A boot partition that nothing mounts may be another system's: it is no evidence.
    Row("HOST-BOOT-DISK", "host.file-system", "host.swap"),
    Row("HOST-DEFAULT-NIC", "host.default-route", "host.only-network", "host.session"),
    Row("HOST-CONSOLE", "host.console", "host.only-display"),
    Row("GPU-INTEL-UNKNOWN", "display.intel"),
    Row("GPU-ROM", "display.rom"),
    // Not bound is no fault: the verdict is eligible, and not yet ready.
    Row("PPT-NOT-BOUND", "driver.in-use", "pptdevs.pending"),
    Row("PPT-BUSY", "guest.in-use"),
    Row("PPTDEVS-LEN / -SEP / -COLON / -DUP", "pptdevs.syntax"),
    Row("PPTDEVS-STALE", "pptdevs.stale"),
    Row(
      "WIRE",
      instead: "a matter of the guest's configuration: every one that is written wires "
        + "the memory, and lint finds those that do not"),
    Row(
      "SLOT-CLASH / SLOT-RANGE / FUNC0",
      instead: "a matter of the guest's configuration: the "
        + "slots are given out when it is written, and lint checks them"),
    Row("RENUMBER", "unit.renumber"),
    Row("SRIOV-PF", "sriov.pf"),
    Row("SECURELEVEL", "system.securelevel"),
  ]

  /// The rules that no row asks for.
  static let beyond = [
    "dev.gone", "dev.unnamed", "host.network", "group.own-pf", "host.unrecorded",
  ]
}
