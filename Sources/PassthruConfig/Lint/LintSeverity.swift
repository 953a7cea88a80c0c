// SPDX-License-Identifier: Apache-2.0

/// How much a finding of the linter weighs.
public enum LintSeverity: String, Hashable, Sendable, CaseIterable {
  /// The consumer refuses the file, or does not do what the file says.
  case fault
  /// It works, and puts something else at risk.
  case risk
  /// It works, and could be said better or more safely.
  case advice
}
