// SPDX-License-Identifier: Apache-2.0

/// The kind of host a configuration is for.
public enum TargetPlatform: String, Hashable, Sendable, CaseIterable {
  /// A FreeBSD host with bhyve.
  case freebsd
  /// A Linux host's own configuration.
  case linux
  /// A virtual machine monitor on Linux.
  case hypervisor
  /// A cluster's agents.
  case cluster
  /// Some other system.
  case other
}
