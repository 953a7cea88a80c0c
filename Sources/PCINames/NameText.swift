// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// The lines of a pci.ids: a tab for each level, an id, blanks, a name.
struct NameText: Sendable {
  /// The longest name that is given; the longest of the PCI ID Project has 133 bytes.
  private static let maximumName = 256

  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  // MARK: Lines

  /// Calls `body` with the start of each line that starts with a letter or a digit.
  func forEachTopLevelLine(_ body: (Int) -> Void) {
    var start = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0
    while start < bytes.count {
      if bytes[start] > 0x2f { body(start) }
      guard let next = lineAfter(start) else { return }
      start = next
    }
  }

  /// The start of the line after the one that a position is in; `nil` at the end.
  func lineAfter(_ position: Int) -> Int? {
    guard position >= 0, position < bytes.count else { return nil }
    let next = unsafe bytes.withUnsafeBytes { buffer -> Int in
      var index = position
      let count = buffer.count
      // Eight bytes at a time: a byte of the mask is set where a byte is LF
      // (Hacker's Delight, second edition, section 6-1).
      while count - index >= 8 {
        let word = unsafe UInt64(
          littleEndian: buffer.loadUnaligned(fromByteOffset: index, as: UInt64.self))
        let zeros = word ^ 0x0a0a_0a0a_0a0a_0a0a
        let mask = (zeros &- 0x0101_0101_0101_0101) & ~zeros & 0x8080_8080_8080_8080
        if mask != 0 { return index + mask.trailingZeroBitCount / 8 + 1 }
        index += 8
      }
      while index < count {
        if unsafe buffer[index] == 0x0a { return index + 1 }
        index += 1
      }
      return count
    }
    return next < bytes.count ? next : nil
  }

  /// How many tabs a line starts with, up to 3.
  func depth(at start: Int) -> Int {
    var depth = 0
    while depth < 3, start + depth < bytes.count, bytes[start + depth] == 0x09 { depth += 1 }
    return depth
  }

  /// Whether a line has an id, and is no comment and not empty.
  func isEntry(at start: Int) -> Bool {
    let first = start + depth(at: start)
    guard first < bytes.count else { return false }
    return bytes[first] > 0x2f
  }

  /// Whether a line starts a class: `C 02  Network controller`.
  func isClass(at start: Int) -> Bool {
    start + 1 < bytes.count && bytes[start] == UInt8(ascii: "C") && bytes[start + 1] == 0x20
  }

  /// The line with an id among those right below the line at `parent`.
  func child(of parent: Int, depth: Int, id: UInt32, digits: Int) -> Int? {
    var next = lineAfter(parent)
    while let line = next {
      let lineDepth = self.depth(at: line)
      if lineDepth == depth {
        if hexadecimal(at: line + depth, digits: digits) == id { return line }
      } else if lineDepth < depth, isEntry(at: line) {
        return nil
      }
      next = lineAfter(line)
    }
    return nil
  }

  /// The line with a board's two ids among those right below a device's line.
  func board(below device: Int, vendor: UInt32, device board: UInt32) -> Int? {
    var next = lineAfter(device)
    while let line = next {
      let depth = self.depth(at: line)
      if depth == 2 {
        if hexadecimal(at: line + 2, digits: 4) == vendor,
          hexadecimal(at: line + 7, digits: 4) == board
        {
          return line
        }
      } else if depth < 2, isEntry(at: line) {
        return nil
      }
      next = lineAfter(line)
    }
    return nil
  }

  // MARK: Fields

  /// A number of exactly so many hexadecimal digits, with a blank behind it.
  func hexadecimal(at start: Int, digits: Int) -> UInt32? {
    guard start >= 0, bytes.count - start > digits else { return nil }
    var value: UInt32 = 0
    for position in start..<start + digits {
      guard let digit = hexadecimalDigit(bytes[position]) else { return nil }
      value = value << 4 | UInt32(digit)
    }
    let after = bytes[start + digits]
    return after == 0x20 || after == 0x09 ? value : nil
  }

  /// The name from a position to the end of its line, without blanks at its ends.
  func name(at position: Int) -> String? {
    var start = position
    while start < bytes.count, bytes[start] == 0x20 || bytes[start] == 0x09 { start += 1 }
    var end = start
    while end < bytes.count, bytes[end] != 0x0a, end - start < Self.maximumName { end += 1 }
    while end > start, bytes[end - 1] <= 0x20 { end -= 1 }
    return end > start ? displayText(bytes[start..<end]) : nil
  }
}
