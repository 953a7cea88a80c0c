// SPDX-License-Identifier: Apache-2.0

import PCI
import PCIHost
import PassthruAnalysis

/// The law: without a fact no verdict is better than with it.
///
/// A verdict stays what it was, or becomes `unknown`, or `conditional` where the missing
/// fact is the condition. `blocked` never becomes `eligible` or `ready`, `conditional`
/// never loses a condition, and what must go together still does. Its dual: where the fact
/// makes a verdict worse when it is added back, a rule says so by what it found.
public struct DeletionLaw: Sendable {
  /// A verdict that is better without a fact.
  public struct Breach: Sendable, CustomStringConvertible {
    /// What was taken out.
    public var deletion: String
    /// The function, the two verdicts, and what was lost.
    public var change: String
    /// Both in one line.
    public var description: String { "without \(deletion): \(change)" }
  }

  /// How many deletions were tried.
  public var tried = 0
  /// How many verdicts, of all that were compared, were another.
  public var moved = 0
  /// How many verdicts are worse with the fact than without it: blocked, and not just unknown.
  public var worsened = 0
  /// The verdicts that were better.
  public var breaches: [Breach] = []
  /// The verdicts that a fact makes worse, and no rule says by what.
  public var unexplained: [Breach] = []

  /// Starts with nothing tried.
  public init() {}

  /// Tries deletions of a host for one consumer; every `stride`-th from `start`.
  public mutating func hold(
    _ host: Machine, for consumer: Consumer, stride step: Int = 1, from start: Int = 0
  ) {
    let before = host.assessments(for: consumer)
    let all = Deletion.all(of: host)
    for place in stride(from: start, to: all.count, by: step) {
      let deletion = all[place]
      let after = deletion.applied(to: host).assessments(for: consumer)
      compare(before, after, consumer, without: { deletion.name(in: host) })
    }
  }

  /// Compares what was judged of a host with what is judged of it without something.
  ///
  /// A function that is not there any more is not compared.
  public mutating func compare(
    _ before: [Assessment], _ after: [Assessment], _ consumer: Consumer,
    without deletion: () -> String
  ) {
    tried += 1
    let isWhole = before.count == after.count
    let places = isWhole ? [:] : Dictionary(after.map { ($0.address, $0) }) { first, _ in first }
    for (place, old) in before.enumerated() {
      guard let new = isWhole ? after[place] : places[old.address], old != new else { continue }
      if old.verdict != new.verdict { moved += 1 }
      if old.verdict == .blocked, new.verdict != .blocked {
        worsened += 1
        if !Self.isExplained(old, without: new) {
          unexplained.append(
            Breach(
              deletion: deletion(),
              change: "\(consumer) \(old.address) \(new.verdict) -> blocked, and nothing says why"))
        }
      }
      if let change = Self.breach(old, new) {
        breaches.append(
          Breach(
            deletion: deletion(),
            change: "\(consumer) \(old.address) \(old.verdict) -> \(new.verdict): \(change)"))
      }
    }
  }

  /// Whether a rule blocks with the fact, by evidence and a source, that does not without it.
  private static func isExplained(_ old: Assessment, without new: Assessment) -> Bool {
    old.findings.contains { finding in
      finding.severity == .blocker && !finding.evidence.isEmpty && !finding.source.isEmpty
        && !new.findings.contains { $0.id == finding.id && $0.severity == .blocker }
    }
  }

  /// What is better than it was; `nil` where nothing is.
  private static func breach(_ old: Assessment, _ new: Assessment) -> String? {
    if new.verdict == .unknown { return nil }
    // What is missing may be the condition, where the finding names it so.
    let isNamed =
      new.verdict == .conditional
      && new.findings.contains { $0.resolution == .fact && !old.findings.contains($0) }
    if isNamed { return nil }
    if old.verdict == .ready || old.verdict == .eligible {
      // Without a fact it may be less.
      return new.verdict > old.verdict ? "it promises more" : nil
    }
    if new.verdict > old.verdict {
      let lost = conditions(old).subtracting(conditions(new))
      return "it promises more" + (lost.isEmpty ? "" : ", without \(lost.sorted())")
    }
    if new.verdict == .blocked { return nil }
    let lost = conditions(old).subtracting(conditions(new))
    if !lost.isEmpty { return "lost \(lost.sorted())" }
    return Set(old.together).isSubset(of: new.together) ? nil : "fewer go together"
  }

  /// The rules that keep a function back.
  private static func conditions(_ assessment: Assessment) -> Set<String> {
    Set(
      assessment.findings.filter {
        $0.severity == .blocker || ($0.severity == .unknown && $0.isDecisive)
      }.map { $0.id })
  }
}
