// SPDX-License-Identifier: Apache-2.0

/// One fact that is not the same in two records.
public struct FactChange: Hashable, Sendable {
  /// The fact, dotted where it is part of another: `linux.commandLine`.
  public var fact: String
  /// What the first record says; `nil` where it says nothing.
  public var before: FactText?
  /// What the second record says; `nil` where it says nothing.
  public var after: FactText?
  /// What a record says that says nothing.
  public var absence: FactAbsence

  /// Records a change.
  public init(
    _ fact: String, _ before: FactText?, _ after: FactText?, _ absence: FactAbsence = .notRecorded
  ) {
    self.fact = fact
    self.before = before
    self.after = after
    self.absence = absence
  }
}
