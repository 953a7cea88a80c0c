// SPDX-License-Identifier: Apache-2.0

/// Something wrong in a configuration file.
public struct LintFinding: Hashable, Sendable {
  /// The line, counted from 1.
  public var line: Int
  /// The fault's stable dotted id: `pptdevs.comma`.
  public var id: String
  /// What is wrong and what comes of it, in one sentence without a full stop.
  public var reason: String
  /// What to write instead.
  public var remedy: String

  /// Records a fault.
  public init(line: Int, id: String, reason: String, remedy: String) {
    self.line = line
    self.id = id
    self.reason = reason
    self.remedy = remedy
  }
}
