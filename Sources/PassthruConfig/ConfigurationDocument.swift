// SPDX-License-Identifier: Apache-2.0

/// The text of one consumer's configuration.
public struct ConfigurationDocument: Hashable, Sendable {
  /// The text, ready to paste or to pipe.
  public var text: String
  /// The file it belongs in; `nil` for something to type.
  public var path: String?
  /// What this consumer cannot express of what was asked.
  public var losses: [String]
  /// What to know before using it.
  public var warnings: [String]

  /// Wraps a text.
  public init(text: String, path: String? = nil, losses: [String] = [], warnings: [String] = []) {
    self.text = text
    self.path = path
    self.losses = losses
    self.warnings = warnings
  }
}
