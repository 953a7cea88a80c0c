// SPDX-License-Identifier: Apache-2.0

/// Where a live system's scan takes a fact from, and what that costs.
public struct FactOrigin: Hashable, Sendable {
  /// What reading costs.
  public enum Cost: Hashable, Sendable {
    /// A read of what the kernel has in memory; the device sleeps on.
    case cached
    /// A read of the device's configuration space, which wakes it.
    case configurationSpace
    /// A cached read that only root may do.
    case root
  }

  /// On Linux: an attribute of the function in sysfs (`irq`), or a path (`/proc/cmdline`);
  /// `nil` where Linux does not tell.
  public let linux: String?
  /// On FreeBSD: an ioctl of /dev/pci, a sysctl or a file; `nil` where FreeBSD does not tell.
  public let freeBSD: String?
  /// What reading costs.
  public let cost: Cost

  private init(linux: String?, freeBSD: String?, cost: Cost) {
    self.linux = linux
    self.freeBSD = freeBSD
    self.cost = cost
  }

  /// A fact that the kernel or a file has.
  static func kernel(
    linux: String? = nil, freeBSD: String? = nil, cost: Cost = .cached
  ) -> FactOrigin {
    FactOrigin(linux: linux, freeBSD: freeBSD, cost: cost)
  }

  /// A fact that comes with the one it is part of.
  static let part = FactOrigin(linux: nil, freeBSD: nil, cost: .cached)
}
