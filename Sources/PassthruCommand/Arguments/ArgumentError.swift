// SPDX-License-Identifier: Apache-2.0

/// Arguments that make no command.
public struct ArgumentError: Error, Hashable, Sendable {
  /// What is wrong with them, in one sentence without a full stop.
  public let reason: String
  /// Whether the reason says what to do, too.
  let isWhole: Bool

  /// Says what is wrong.
  init(_ reason: String, isWhole: Bool = false) {
    self.reason = reason
    self.isWhole = isWhole
  }

  /// The result that a front prints: what is wrong and what to do.
  public var result: CommandResult {
    .failure(.usage, reason + (isWhole ? "" : ": passthru --help shows what it takes"))
  }
}
