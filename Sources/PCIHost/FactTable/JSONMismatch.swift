// SPDX-License-Identifier: Apache-2.0

/// A value of a JSON document that is not what its form expects.
struct JSONMismatch: Error, Hashable {
  /// The way to the value: `reservedRegions[2].start`.
  let member: String
  /// What was expected: `a whole number from 0 to 255`.
  let expected: String

  init(_ member: String, _ expected: String) {
    self.member = member
    self.expected = expected
  }

  /// The same, seen from what holds the value.
  func inside(_ outer: String) -> JSONMismatch {
    if member.isEmpty { return JSONMismatch(outer, expected) }
    return JSONMismatch(
      outer + (member.utf8.first == UInt8(ascii: "[") ? "" : ".") + member, expected)
  }

  /// The mismatch as a sentence without a full stop.
  var reason: String { member + " must be " + expected }
}
