// SPDX-License-Identifier: Apache-2.0

/// Why a consumer's configuration cannot be written.
public struct ConfigurationError: Error, Hashable, Sendable {
  /// What is in the way, in one sentence without a full stop.
  public var reason: String
  /// What to do instead.
  public var remedy: String

  /// Explains a refusal.
  public init(_ reason: String, remedy: String) {
    self.reason = reason
    self.remedy = remedy
  }
}
