// SPDX-License-Identifier: Apache-2.0

/// How the predicted groups compare with those that a kernel reports.
///
/// Groups are compared as sets of functions; numbers mean nothing. Functions
/// that the kernel gave no group are left out.
public struct GroupAgreement: Hashable, Sendable {
  /// How many functions have a reported group.
  public var functions: Int
  /// How many of them are predicted to be with exactly the functions they are with.
  public var same: Int
  /// How many of the rest rest on a missing fact.
  public var unknown: Int

  /// How many are predicted wrongly, with every fact known.
  public var different: Int { functions - same - unknown }

  /// Records a comparison.
  public init(functions: Int, same: Int, unknown: Int) {
    self.functions = functions
    self.same = same
    self.unknown = unknown
  }
}
