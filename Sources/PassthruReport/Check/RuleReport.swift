// SPDX-License-Identifier: Apache-2.0

public import PassthruAnalysis

/// What a rule means, in words.
public struct RuleReport: Sendable {
  private let rule: Rule

  /// Prepares the text of a rule.
  public init(_ rule: Rule) { self.rule = rule }

  /// The rule's id, consumers, meaning, decision and source.
  public func text(_ style: TextStyle) -> String {
    var lines = [
      style.colored(rule.id, .strong) + "  (for "
        + rule.consumers.map { $0.rawValue }.joined(separator: " and ") + ")"
    ]
    for (label, body) in [
      ("means", rule.meaning), ("decided by", rule.decision), ("source", rule.source),
    ] {
      for (position, line) in body.wrapped(max(30, style.width - 14)).enumerated() {
        lines.append("  " + (position == 0 ? label : "").fitted(12) + line)
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
