// SPDX-License-Identifier: Apache-2.0

/// Arguments that make no command.
public struct ArgumentError: Error, Hashable, Sendable {
  /// What is wrong with them, in one sentence without a full stop.
  public let reason: String

  /// Says what is wrong.
  public init(_ reason: String) { self.reason = reason }

  /// The result that a front prints: what is wrong and what to do.
  public var result: CommandResult {
    .failure(.usage, reason + ": passthru --help shows what it takes")
  }
}
