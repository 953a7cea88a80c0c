// SPDX-License-Identifier: Apache-2.0

/// Something that could not be known, and why.
///
/// A value that is `nil` has a gap that explains it. Gaps are data: a scan or
/// a parse that meets one goes on.
public struct Gap: Hashable, Sendable {
  /// What the missing fact belongs to.
  public enum Subject: Hashable, Sendable {
    /// The machine as a whole, or the source as a whole.
    case host
    /// One function.
    case function(FunctionAddress)
    /// One line of a text, counted from 1.
    case line(Int)
  }

  /// What the missing fact belongs to.
  public let subject: Subject
  /// The fact that is missing, as a short dotted name: `configuration`, `capability.loop`.
  public let fact: String
  /// What happened, in one sentence without a full stop.
  public let reason: String
  /// What would supply the fact, where anything would.
  public let remedy: String?

  /// Records a gap; control characters in its reason become spaces.
  public init(_ subject: Subject, _ fact: String, reason: String, remedy: String? = nil) {
    self.subject = subject
    self.fact = fact
    self.reason = displayText(reason)
    self.remedy = remedy
  }
}
