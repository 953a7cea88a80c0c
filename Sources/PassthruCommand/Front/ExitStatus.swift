// SPDX-License-Identifier: Apache-2.0

/// How a command ended.
public enum ExitStatus: Int32, Hashable, Sendable, CaseIterable {
  /// Done, and nothing selected is blocked.
  case done = 0
  /// Something selected is blocked or unknown.
  case blocked = 1
  /// The source could not be read.
  case unreadable = 2
  /// The arguments are wrong (EX_USAGE of sysexits.h).
  case usage = 64
}
