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

  /// Whether it needs no host at all.
  public var needsNoHost: Bool { self == .targets || self == .rules || self == .fields }
}
