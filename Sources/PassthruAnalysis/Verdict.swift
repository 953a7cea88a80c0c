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

extension Verdict: Comparable {
  /// The order of what can be done with it: a greater verdict promises more.
  ///
  /// `blocked`, `unknown`, `conditional`, `eligible`, `ready`.
  public static func < (left: Verdict, right: Verdict) -> Bool { left.promise < right.promise }

  private var promise: Int {
    switch self {
    case .blocked: 0
    case .unknown: 1
    case .conditional: 2
    case .eligible: 3
    case .ready: 4
    }
  }
}
