// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// The words of a line of text, parted by blanks and commas.
struct Words {
  private let bytes: [UInt8]
  private let ranges: [Range<Int>]

  init(_ text: String) {
    let bytes = Array(text.utf8)
    var ranges: [Range<Int>] = []
    var start: Int?
    for (index, byte) in bytes.enumerated() {
      if byte <= 0x20 || byte == UInt8(ascii: ",") {
        if let first = start { ranges.append(first..<index) }
        start = nil
      } else if start == nil {
        start = index
      }
    }
    if let first = start { ranges.append(first..<bytes.count) }
    self.bytes = bytes
    self.ranges = ranges
  }

  /// The position of a run of words, the first one where there are more.
  private func position(of run: [StaticString]) -> Int? {
    guard !run.isEmpty, run.count <= ranges.count else { return nil }
    for start in 0...(ranges.count - run.count) {
      var matched = 0
      while matched < run.count, isWord(start + matched, run[matched]) { matched += 1 }
      if matched == run.count { return start }
    }
    return nil
  }

  private func isWord(_ index: Int, _ word: StaticString) -> Bool {
    let range = ranges[index]
    guard range.count == word.utf8CodeUnitCount else { return false }
    let text = unsafe UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
    for (offset, position) in range.enumerated() {
      guard unsafe text[offset] == bytes[position] else { return false }
    }
    return true
  }

  private func number(_ index: Int) -> UInt32? {
    guard ranges.indices.contains(index) else { return nil }
    var reader = NumberReader(bytes[ranges[index]])
    guard let number = reader.decimal(), reader.isAtEnd else { return nil }
    return number
  }

  /// Whether the words are there, one after the other.
  func contains(_ run: [StaticString]) -> Bool { position(of: run) != nil }

  /// Whether the words are there, one after the other.
  func contains(_ run: StaticString...) -> Bool { position(of: run) != nil }

  /// The whole number that follows a word.
  func number(after word: StaticString) -> UInt32? {
    position(of: [word]).flatMap { number($0 + 1) }
  }

  /// The whole number that precedes a run of words.
  func number(before run: [StaticString]) -> UInt32? {
    position(of: run).flatMap { number($0 - 1) }
  }

  /// The 16 bits after `0x` that follow a run of words.
  func hexadecimal(after run: [StaticString]) -> UInt16? {
    guard let index = position(of: run), ranges.indices.contains(index + run.count) else {
      return nil
    }
    var reader = NumberReader(bytes[ranges[index + run.count]])
    guard let number = reader.longHexadecimal(), reader.isAtEnd else { return nil }
    return UInt16(exactly: number)
  }
}
