// SPDX-License-Identifier: Apache-2.0

public import PCI

/// What one rule says of one function.
public struct Finding: Hashable, Sendable {
  /// The rule's stable dotted id: `group.shared-host`.
  public var id: String
  /// How much it weighs.
  public var severity: Severity
  /// What was seen, in one sentence, with the values it rests on.
  public var evidence: String
  /// What to do about it.
  public var remedy: String
  /// The specification or the kernel file that says so.
  public var source: String
  /// The other functions it concerns.
  public var related: [FunctionAddress]
  /// What removes a blocker, or the condition that an unknown fact is; `nil` where
  /// nothing does, and for other severities.
  public var resolution: Resolution?
  /// Whether the verdict rests on it.
  ///
  /// `false` for a missing fact that could change no verdict: whether a card
  /// can be reset is worth knowing, and it is no condition.
  public var isDecisive: Bool

  /// What removes a blocker, so that the verdict is conditional and not blocked.
  public enum Resolution: String, Hashable, Sendable, CaseIterable {
    /// Passing the related functions too.
    case together
    /// The change that the remedy names.
    case change
    /// Finding out a fact that is not recorded: the condition of a finding `unknown`.
    case fact
  }

  /// Records a finding.
  public init(
    id: String, severity: Severity, evidence: String, remedy: String, source: String,
    related: [FunctionAddress] = [], resolution: Resolution? = nil,
    isDecisive: Bool = true
  ) {
    self.id = id
    self.severity = severity
    self.evidence = evidence
    self.remedy = remedy
    self.source = source
    self.related = related
    self.resolution = resolution
    self.isDecisive = isDecisive
  }
}
