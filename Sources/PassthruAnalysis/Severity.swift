// SPDX-License-Identifier: Apache-2.0

/// How much a finding weighs.
public enum Severity: String, Hashable, Sendable, CaseIterable, Comparable {
  /// The function cannot be passed while this holds.
  ///
  /// Where the finding has a `resolution`, it can be passed after it.
  case blocker
  /// It can be passed, and something may go wrong.
  case risk
  /// Worth knowing.
  case advice
  /// A fact that the rule needs is missing.
  case unknown

  /// The order of weight, the heaviest first; what is not known comes last.
  public static func < (left: Severity, right: Severity) -> Bool { left.place < right.place }

  private var place: Int {
    switch self {
    case .blocker: 0
    case .risk: 1
    case .advice: 2
    case .unknown: 3
    }
  }
}
