// SPDX-License-Identifier: Apache-2.0

/// What the command is asked to do with a host.
public enum Subcommand: String, Hashable, Sendable, CaseIterable {
  /// One line a function.
  case list
  /// All of a function, decoded.
  case show
  /// The topology.
  case tree
  /// IOMMU groups.
  case groups
  /// Verdicts.
  case check
  /// What to do so that a guest gets a selection.
  case plan
  /// The configuration for one consumer.
  case emit
  /// The consumers that `emit` can write for.
  case targets
  /// The names of all decoded fields.
  case fields
  /// The rules that verdicts rest on.
  case rules
  /// What is wrong in configuration files.
  case lint
  /// What a file with an expansion ROM holds.
  case rom
  /// A recording of the host.
  case snapshot
  /// What changed between two hosts.
  case diff

  /// Give functions to the passthrough driver.
  case bind
  /// Give functions back to their drivers.
  case unbind
  /// Put back what was changed, after a crash too.
  case restore
  /// Reset a function.
  case reset
  /// Look for functions that were added or removed.
  case rescan
  /// Take a function out of the kernel's tree.
  case remove
  /// Set how many virtual functions a function has.
  case vfs
  /// Tell what happens on the bus, as it happens.
  case watch

  /// Whether it changes the host, where it is told to apply.
  public var changesHost: Bool {
    switch self {
    case .bind, .unbind, .restore, .reset, .rescan, .remove, .vfs: true
    default: false
    }
  }

  /// Whether it needs no host at all.
  public var needsNoHost: Bool { self == .targets || self == .rules || self == .fields }
}
