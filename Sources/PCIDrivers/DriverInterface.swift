// SPDX-License-Identifier: Apache-2.0

/// How a kernel is told to give a function to another driver.
public enum DriverInterface: String, Hashable, Sendable {
  /// Linux: an override, an unbind and a probe (drivers/pci/pci-driver.c).
  case sysfs
  /// FreeBSD 12 and later: one request (sys/kern/subr_bus.c, `devctl2_ioctl`).
  case devctl
}
