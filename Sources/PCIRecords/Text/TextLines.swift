// SPDX-License-Identifier: Apache-2.0

/// The lines of a text, one after the other, without their ends.
struct TextLines {
  /// One line: its number, counted from 1, and its bytes without LF and CR.
  struct Line {
    let number: Int
    let range: Range<Int>

    var count: Int { range.count }
  }

  /// The longest line that is read; longer ones are said and skipped.
  ///
  /// pciutils stops at 255 bytes. pciconf's longest seen has 300.
  static let maximumLength = 4096

  private let bytes: [UInt8]
  private var position: Int
  /// The number of the line read last.
  private(set) var number = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    // A byte order mark of UTF-8 is no part of the first line.
    position = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0
  }

  /// The next line, or `nil` at the end; a last line may lack its LF.
  mutating func next() -> Line? {
    guard position < bytes.count else { return nil }
    let start = position
    var end = start
    while end < bytes.count, bytes[end] != 0x0a { end += 1 }
    position = end + 1
    number += 1
    while end > start, bytes[end - 1] == 0x0d { end -= 1 }
    return Line(number: number, range: start..<end)
  }
}
