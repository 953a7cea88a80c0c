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
}
