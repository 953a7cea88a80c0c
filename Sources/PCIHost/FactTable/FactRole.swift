// SPDX-License-Identifier: Apache-2.0

/// What a difference between two records in one fact means.
public enum FactRole: Hashable, Sendable {
  /// The fact changed.
  case state
  /// The records are of different things.
  case identity
  /// Nothing: the number is handed out anew at every boot.
  case label
}
