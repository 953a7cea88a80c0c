// SPDX-License-Identifier: Apache-2.0

/// The form of what a subcommand prints.
public enum OutputFormat: String, Hashable, Sendable, CaseIterable {
  /// For a person.
  case text
  /// A document with a schema.
  case json
  /// What FreeBSD's `pciconf -lvbc` prints; for `list`.
  case pciconf
}
