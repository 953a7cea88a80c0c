// SPDX-License-Identifier: Apache-2.0

public import PCIHost

/// The system that hands devices to a virtual machine.
public enum Consumer: String, Hashable, Sendable, CaseIterable {
  /// Linux's vfio-pci.
  case vfio
  /// FreeBSD's ppt and bhyve.
  case bhyve

  /// The consumer that a host's own system has.
  public init(for host: Machine) {
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
  /// - Parameters:
  ///   - driver: The driver's name; `nil` for none.
  ///   - variants: Variants of vfio-pci that the kernel lists besides those known here.
  public func owns(driver: String?, variants: [String] = []) -> Bool {
    guard let driver else { return false }
    switch PassthroughDriver(driver, variants: variants) {
    case .vfio: return self == .vfio
    case .ppt: return self == .bhyve
    case .stub, .pciback, .userSpace, nil: return false
    }
  }
}
