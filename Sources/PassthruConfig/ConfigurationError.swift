// SPDX-License-Identifier: Apache-2.0

/// Why a consumer's configuration cannot be written.
public struct ConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is in the way, in one sentence without a full stop.
  public var reason: String
  /// What to do instead.
  public var remedy: String

  /// Both in one sentence.
  public var description: String { reason + ": " + remedy }

  /// Explains a refusal.
  public init(_ reason: String, remedy: String) {
    self.reason = reason
    self.remedy = remedy
  }
}
