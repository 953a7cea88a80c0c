// SPDX-License-Identifier: Apache-2.0

/// What a record without a fact says.
public enum FactAbsence: Hashable, Sendable {
  /// Nobody looked, or could look.
  case notRecorded
  /// There is none.
  case none
  /// There is none, or nobody looked: the record cannot tell which.
  case noneOrNotRecorded
  /// No record is without it.
  case impossible

  /// The words for it.
  public var text: String {
    switch self {
    case .notRecorded, .impossible: "not recorded"
    case .none: "none"
    case .noneOrNotRecorded: "none or not recorded"
    }
  }
}
