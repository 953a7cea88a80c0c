// SPDX-License-Identifier: Apache-2.0

/// Something wrong in a configuration file.
public struct LintFinding: Hashable, Sendable {
  /// The line, counted from 1.
  public var line: Int
  /// The fault's stable dotted id: `pptdevs.comma`.
  public var id: String
  /// How much it weighs.
  public var severity: LintSeverity
  /// What is wrong and what comes of it, in one sentence without a full stop.
  public var reason: String
  /// What to write instead.
  public var remedy: String

  /// Records a finding.
  public init(
    line: Int, id: String, severity: LintSeverity = .fault, reason: String, remedy: String
  ) {
    self.line = line
    self.id = id
    self.severity = severity
    self.reason = reason
    self.remedy = remedy
  }
}
