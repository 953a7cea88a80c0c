// SPDX-License-Identifier: Apache-2.0

/// What a front has to do for a subcommand.
public enum Work: Sendable {
  /// Print an answer that needs nothing.
  case answer(@Sendable () -> CommandResult)
  /// Read hosts and files, and print what is said of them.
  case reading(ReadingRequest)
  /// Change the host, or show how.
  case change(ChangeRequest)
  /// Tell what happens on the bus.
  case watch(limit: Int?)
  /// Time scans.
  case bench(BenchRequest)
}
