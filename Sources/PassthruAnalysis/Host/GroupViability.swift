// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

/// Which drivers on other members keep a kernel from handing over an IOMMU group.
enum GroupViability: Hashable, Sendable {
  /// Before 5.19: vfio looked at the members one by one.
  ///
  /// Whatever holds a function with a header of its own (a bridge) is let be, and
  /// of the other drivers pci-stub and vfio's own (drivers/vfio/vfio.c,
  /// `vfio_dev_driver_allowed`).
  case allowedDrivers
  /// From 5.19 on: every driver claims its group's DMA for the kernel, but for
  /// those marked `driver_managed_dma`.
  ///
  /// These are vfio-pci and its variants, pcieport and pci-stub; a bridge that
  /// shpchp or yenta_cardbus holds counts like an endpoint (drivers/iommu/iommu.c,
  /// `iommu_device_use_default_domain`).
  case ownership

  /// How the kernel of a host decides; for an unknown one, as the newest does.
  init(for host: Machine) {
    let release =
      host.system.family == .linux
      ? host.system.release.flatMap { KernelRelease($0) } : nil
    self = (release.map { $0 < KernelRelease(5, 19) } ?? false) ? .allowedDrivers : .ownership
  }

  /// Whether the driver of a member is in the way of the group's other members.
  ///
  /// `variants` of vfio-pci are those that the kernel lists besides those known here.
  func isHeld(_ function: Function, variants: [String] = []) -> Bool {
    guard let driver = function.driver?.name else { return false }
    switch PassthroughDriver(driver, variants: variants) {
    case .vfio, .stub: return false
    case .ppt, .pciback, .userSpace, nil: break
    }
    switch self {
    case .ownership: return driver != "pcieport"
    case .allowedDrivers: return function.headerType ?? .bridge == .endpoint
    }
  }
}
