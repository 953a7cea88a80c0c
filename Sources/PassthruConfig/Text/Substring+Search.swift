// SPDX-License-Identifier: Apache-2.0

extension Substring {
  /// What begins where a text first occurs, byte for byte.
  func start(of other: String) -> PartialRangeFrom<Index>? {
    var index = startIndex
    while index < endIndex {
      if self[index...].utf8.starts(with: other.utf8) { return index... }
      index = unicodeScalars.index(after: index)
    }
    return nil
  }
}

extension String {
  /// Whether a text occurs in this one, byte for byte.
  ///
  /// The standard library's own search is not in Embedded Swift.
  func includes(_ other: String) -> Bool { self[...].start(of: other) != nil }
}
