// SPDX-License-Identifier: Apache-2.0

public import PCIHost

/// The system that hands devices to a virtual machine.
public enum Consumer: String, Hashable, Sendable, CaseIterable {
  /// Linux's vfio-pci.
  case vfio
  /// FreeBSD's ppt and bhyve.
  case bhyve

  /// The consumer that a host's own system has.
  public init(for host: Host) {
    self =
      switch host.system.family {
      case .freebsd, .dragonfly: .bhyve
      case .linux, .unknown: .vfio
      }
  }

  /// The driver that a function is bound to while it is passed.
  public var driverName: String {
    switch self {
    case .vfio: "vfio-pci"
    case .bhyve: "ppt"
    }
  }

  /// Whether a driver is one that holds functions while they are passed.
  ///
  /// vfio-pci has variants for devices that can be migrated; each hands the
  /// function over as vfio-pci does (Linux 5.16 and later, drivers/vfio/pci).
  public func owns(driver: String?) -> Bool {
    guard let driver else { return false }
    switch self {
    case .bhyve: return driver == "ppt"
    case .vfio:
      // Most drivers have shorter names, and this is asked of every function.
      guard driver.utf8.count >= 8 else { return false }
      switch driver {
      case "vfio-pci", "mlx5-vfio-pci", "mlx5_vfio_pci", "hisi_acc_vfio_pci", "hisi-acc-vfio-pci",
        "pds-vfio-pci", "pds_vfio_pci", "virtio-vfio-pci", "virtio_vfio_pci",
        "nvgrace-gpu-vfio-pci", "nvgrace_gpu_vfio_pci", "qat_vfio_pci":
        return true
      default: return false
      }
    }
  }
}
