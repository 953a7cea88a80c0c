// SPDX-License-Identifier: Apache-2.0

/// Whether a virtual machine can have a function.
public enum Verdict: String, Hashable, Sendable, CaseIterable {
  /// Bound to the passthrough driver, nothing in the way.
  case ready
  /// It can go as it is.
  case eligible
  /// It can go together with others, or after a named change.
  case conditional
  /// It cannot go.
  case blocked
  /// A fact that the answer needs is missing.
  case unknown
}
