// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// One reason for or against passing a function, as data and a pure function.
///
/// Each rule is a static value in a file of its own under `Rules/`;
/// `Rule.all` lists them.
public struct Rule: Sendable {
  /// The stable dotted id: `bar.alignment`.
  public var id: String
  /// The consumers it applies to.
  public var consumers: [Consumer]
  /// What it means, in a sentence or two.
  public var meaning: String
  /// How it is decided.
  public var decision: String
  /// The specification or the kernel file that says so.
  public var source: String
  /// Judges one function of a host.
  public var evaluate: @Sendable (RuleContext) -> [Finding]

  /// Describes a rule.
  public init(
    id: String, consumers: [Consumer], meaning: String, decision: String, source: String,
    evaluate: @escaping @Sendable (RuleContext) -> [Finding]
  ) {
    self.id = id
    self.consumers = consumers
    self.meaning = meaning
    self.decision = decision
    self.source = source
    self.evaluate = evaluate
  }
}

extension Rule {
  /// Makes a finding of this rule.
  func finding(
    _ severity: Severity, _ evidence: String, remedy: String, related: [FunctionAddress] = [],
    resolution: Finding.Resolution? = nil, isDecisive: Bool = true
  ) -> Finding {
    Finding(
      id: id, severity: severity, evidence: evidence, remedy: remedy, source: source,
      related: related, resolution: resolution, isDecisive: isDecisive)
  }
}
