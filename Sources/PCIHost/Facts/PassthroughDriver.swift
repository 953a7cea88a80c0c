// SPDX-License-Identifier: Apache-2.0

/// A driver that holds a function for somebody else than the host.
///
/// The one list of them: whatever asks whether a driver is the host's own asks here.
/// Linux's drivers spell their names with hyphens or underscores (`vfio-pci`,
/// `mlx5_vfio_pci`), its modules always with underscores: both are one name.
public enum PassthroughDriver: Hashable, Sendable, CaseIterable {
  /// Linux's vfio-pci and its variants, which hand a function to a guest.
  case vfio
  /// FreeBSD's ppt(4), which hands a function to a guest of bhyve.
  case ppt
  /// Linux's pci-stub, which holds a function and does nothing.
  case stub
  /// Linux's pciback, which hands a function to a guest of Xen.
  case pciback
  /// Linux's drivers for programs that drive a device themselves, such as DPDK.
  case userSpace

  /// Finds what a driver is by its name; `nil` for the host's own drivers.
  ///
  /// vfio-pci has variants for devices that can be migrated or shared (Linux 5.16 and
  /// later, drivers/vfio/pci), each of which hands the function over as vfio-pci does:
  /// `mlx5_vfio_pci`, `hisi-acc-vfio-pci`, `pds_vfio_pci`, `virtio_vfio_pci`,
  /// `nvgrace_gpu_vfio_pci`, `qat_vfio_pci`, `xe-vfio-pci`, `ism_vfio_pci`. All end alike,
  /// so that one which is not written yet is known too.
  ///
  /// - Parameters:
  ///   - name: The driver's name, as the kernel or a user spells it.
  ///   - variants: Variants of vfio-pci with other names, as the running kernel lists
  ///     them (`LinuxFacts.passthroughModules`).
  public init?(_ name: String, variants: [String] = []) {
    switch name {
    case "vfio-pci", "vfio_pci": self = .vfio
    case "ppt": self = .ppt
    case "pci-stub", "pci_stub": self = .stub
    case "pciback", "xen-pciback", "xen_pciback": self = .pciback
    case "uio_pci_generic", "uio-pci-generic", "igb_uio", "igb-uio": self = .userSpace
    default:
      guard
        Self.isSame(name.utf8.suffix(9), "_vfio_pci".utf8)
          || variants.contains(where: { Self.isSame(name.utf8[...], $0.utf8) })
      else { return nil }
      self = .vfio
    }
  }

  private static func isSame(_ left: Substring.UTF8View, _ right: String.UTF8View) -> Bool {
    left.elementsEqual(right) {
      $0 == $1 || ($0 == 0x2d && $1 == 0x5f) || ($0 == 0x5f && $1 == 0x2d)
    }
  }
}

extension Machine {
  /// What a driver of this host is; `nil` for one of the host's own, and for no driver.
  public func passthroughDriver(_ name: String?) -> PassthroughDriver? {
    name.flatMap { PassthroughDriver($0, variants: linux?.passthroughModules ?? []) }
  }
}
