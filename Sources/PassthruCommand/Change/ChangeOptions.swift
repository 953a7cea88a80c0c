// SPDX-License-Identifier: Apache-2.0

/// What every subcommand is told that changes the host.
public struct ChangeOptions: Hashable, Sendable {
  /// Do it, and do not only show it.
  public var applies = false
  /// How long one step may take, in seconds.
  public var deadline = 30
  /// The directory of the journal; `nil` is the standard one.
  public var stateDirectory: String?
  /// Do it in this process, without another that watches over it.
  public var runsInPlace = false
}
