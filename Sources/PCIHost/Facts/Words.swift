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

  /// Whether the words are there, one after the other, before a word that may be absent.
  func contains(_ run: [StaticString], before end: StaticString) -> Bool {
    guard let start = position(of: run) else { return false }
    return position(of: [end]).map { start < $0 } ?? true
  }

  /// Whether `NAME+` or `NAME-` is the first such word between two others.
  func flag(
    _ name: StaticString, after start: StaticString? = nil, before end: StaticString? = nil
  ) -> Bool? {
    var index = 0
    if let start {
      guard let position = position(of: [start]) else { return nil }
      index = position + 1
    }
    while index < ranges.count {
      if let end, isWord(index, end) { return nil }
      let range = ranges[index]
      if range.count == name.utf8CodeUnitCount + 1, begins(index, name) {
        switch bytes[range.upperBound - 1] {
        case UInt8(ascii: "+"): return true
        case UInt8(ascii: "-"): return false
        default: break
        }
      }
      index += 1
    }
    return nil
  }

  private func begins(_ index: Int, _ prefix: StaticString) -> Bool {
    let range = ranges[index]
    guard range.count >= prefix.utf8CodeUnitCount else { return false }
    let text = unsafe UnsafeBufferPointer(start: prefix.utf8Start, count: prefix.utf8CodeUnitCount)
    for offset in 0..<prefix.utf8CodeUnitCount {
      guard unsafe text[offset] == bytes[range.lowerBound + offset] else { return false }
    }
    return true
  }

  /// The number in a word such as `Count=8`.
  func number(startingWith prefix: StaticString) -> UInt32? {
    guard let index = ranges.indices.first(where: { begins($0, prefix) }) else { return nil }
    let range = ranges[index]
    var reader = NumberReader(
      bytes[(range.lowerBound + prefix.utf8CodeUnitCount)..<range.upperBound])
    guard let number = reader.decimal(), reader.isAtEnd else { return nil }
    return number
  }

  /// Both numbers of a word such as `Count=1/8`.
  func fraction(after prefix: StaticString) -> (part: UInt32, whole: UInt32)? {
    guard let index = ranges.indices.first(where: { begins($0, prefix) }) else { return nil }
    let range = ranges[index]
    let parts = bytes[(range.lowerBound + prefix.utf8CodeUnitCount)..<range.upperBound]
      .split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard parts.count == 2 else { return nil }
    var first = NumberReader(parts[0])
    var second = NumberReader(parts[1])
    guard let part = first.decimal(), first.isAtEnd, let whole = second.decimal(), second.isAtEnd
    else { return nil }
    return (part, whole)
  }

  /// The whole number that follows a word.
  func number(after word: StaticString) -> UInt32? { number(after: [word]) }

  /// The whole number that follows a run of words.
  func number(after run: [StaticString]) -> UInt32? {
    position(of: run).flatMap { number($0 + run.count) }
  }

  /// The whole number that precedes a run of words.
  func number(before run: [StaticString]) -> UInt32? {
    position(of: run).flatMap { number($0 - 1) }
  }

  /// The 16 bits without `0x` that follow a run of words.
  func bareHexadecimal(after run: [StaticString]) -> UInt16? {
    guard let index = position(of: run), ranges.indices.contains(index + run.count) else {
      return nil
    }
    let word = bytes[ranges[index + run.count]]
    guard word.count == 4 else { return nil }
    var value: UInt16 = 0
    for byte in word {
      guard let digit = hexadecimalDigit(byte) else { return nil }
      value = value << 4 | UInt16(digit)
    }
    return value
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
