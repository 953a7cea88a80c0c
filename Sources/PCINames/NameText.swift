// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// The lines of a pci.ids: a tab for each level, an id, blanks, a name.
struct NameText: Sendable {
  /// The longest name that is given; the longest of the PCI ID Project has 133 bytes.
  private static let maximumName = 256

  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  // MARK: Lines

  /// Calls `body` with the start of each line that starts with a letter or a digit,
  /// and `unsorted` with the last such line whose devices are not in order.
  func forEachTopLevelLine(_ body: (Int) -> Void, unsorted: (Int) -> Void) {
    unsafe bytes.withUnsafeBytes { buffer in
      let count = buffer.count
      var start: Int? = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0
      var block = 0
      var previous: UInt32 = 0
      while let line = start, line < count {
        let first = unsafe buffer[line]
        if first > 0x2f {
          body(line)
          block = line
          previous = 0
        } else if first == 0x09, count - line > 5 {
          let second = unsafe buffer[line + 1]
          if second > 0x2f {
            // Four digits in order of bytes are in order of numbers, in one case.
            let key = unsafe Self.spelling(buffer, line + 1)
            if key <= previous { unsorted(block) }
            previous = key
          }
        }
        start = unsafe Self.lineAfter(line, buffer)
      }
    }
  }

  /// How many bytes there are.
  var count: Int { bytes.count }

  /// Some of the bytes; a range from outside the text is an error of the caller.
  func slice(_ range: Range<Int>) -> ArraySlice<UInt8> { bytes[range] }

  /// The position behind the end of the line that a position is in; `nil` where it has no end.
  func lineEnd(_ position: Int) -> Int? {
    if let next = lineAfter(position) { return next }
    return bytes.last == 0x0a && position < bytes.count ? bytes.count : nil
  }

  /// The first line that starts without a tab, from the line at a position on.
  ///
  /// Where the text ends first, its last line.
  func lineWithoutTab(from line: Int) -> Int {
    unsafe bytes.withUnsafeBytes { buffer in
      let count = buffer.count
      guard line >= 0, line < count, unsafe buffer[line] == 0x09 else { return line }
      var index = line
      // A block ends one byte before what may be read: the byte after a line end counts.
      while count - index > Self.block {
        if let found = unsafe Self.lineEnd(inBlockAt: index, buffer) { return found + 1 }
        index += Self.block
      }
      while index + 1 < count {
        if unsafe buffer[index] == 0x0a, unsafe buffer[index + 1] != 0x09 { return index + 1 }
        index += 1
      }
      return unsafe Self.lastLine(buffer)
    }
  }

  /// The first line that may be wanted of a vendor's, from the line at a position on.
  ///
  /// That is one of these devices, as `spelling(at:)` gives them, or one without
  /// a tab. Where the text ends first, its last line.
  func line(ofDevices devices: [UInt32], from line: Int) -> Int? {
    unsafe bytes.withUnsafeBytes { buffer in
      var line = line
      while unsafe buffer.count - line > 5 && buffer[line] == 0x09 {
        if unsafe buffer[line + 1] != 0x09 {
          let spelling = unsafe Self.spelling(buffer, line + 1)
          if devices.contains(spelling) { return line }
        }
        guard let next = unsafe Self.lineAfter(line, buffer) else { return line }
        line = next
      }
      return line
    }
  }

  /// How many bytes `lineEnd(inBlockAt:)` looks at.
  private static let block = 64

  /// The first of 64 bytes that is LF with no tab behind it.
  ///
  /// Sixteen bytes in one operation; nine of ten lines of a pci.ids start with a
  /// tab, so that most blocks have none.
  @inline(__always)
  private static func lineEnd(
    inBlockAt start: Int, _ buffer: UnsafeRawBufferPointer
  ) -> Int? {
    let ends = unsafe (
      lineEnds(buffer, start), lineEnds(buffer, start &+ 16), lineEnds(buffer, start &+ 32),
      lineEnds(buffer, start &+ 48)
    )
    let any = ends.0 | ends.1 | ends.2 | ends.3
    if (any[0] | any[1]) & highBits == 0 { return nil }
    var place = start
    var half = ends.0
    if (half[0] | half[1]) & highBits == 0 { (half, place) = (ends.1, place + 16) }
    if (half[0] | half[1]) & highBits == 0 { (half, place) = (ends.2, place + 16) }
    if (half[0] | half[1]) & highBits == 0 { (half, place) = (ends.3, place + 16) }
    let low = UInt64(littleEndian: half[0]) & highBits
    if low != 0 { return place + low.trailingZeroBitCount / 8 }
    let high = UInt64(littleEndian: half[1]) & highBits
    return place + 8 + high.trailingZeroBitCount / 8
  }

  private static let highBits: UInt64 = 0x8080_8080_8080_8080

  /// The highest bit of each of 16 bytes: whether it is LF with no tab behind it.
  ///
  /// The other bits say nothing.
  @inline(__always)
  private static func lineEnds(
    _ buffer: UnsafeRawBufferPointer, _ start: Int
  ) -> SIMD2<UInt64> {
    let bytes = unsafe buffer.loadUnaligned(fromByteOffset: start, as: SIMD2<UInt64>.self)
    let behind = unsafe buffer.loadUnaligned(fromByteOffset: start &+ 1, as: SIMD2<UInt64>.self)
    let isNoEnd = isNotZero(bytes ^ SIMD2(repeating: 0x0a0a_0a0a_0a0a_0a0a))
    return ~isNoEnd & isNotZero(behind ^ SIMD2(repeating: 0x0909_0909_0909_0909))
  }

  /// The highest bit of each byte: whether the byte is not 0.
  ///
  /// By arithmetic (Hacker's Delight, second edition, section 6-1) and not by a
  /// comparison of bytes, which Swift 6.3 does one by one.
  @inline(__always)
  private static func isNotZero(_ bytes: SIMD2<UInt64>) -> SIMD2<UInt64> {
    let low = SIMD2<UInt64>(repeating: 0x7f7f_7f7f_7f7f_7f7f)
    return ((bytes & low) &+ low) | bytes
  }

  /// The start of the last line of a text that is not empty.
  @inline(__always)
  private static func lastLine(_ buffer: UnsafeRawBufferPointer) -> Int {
    var start = buffer.count - 1
    while start > 0, unsafe buffer[start - 1] != 0x0a { start -= 1 }
    return start
  }

  /// The start of the line after the one that a position is in; `nil` at the end.
  func lineAfter(_ position: Int) -> Int? {
    guard position >= 0, position < bytes.count else { return nil }
    return unsafe bytes.withUnsafeBytes { unsafe Self.lineAfter(position, $0) }
  }

  @inline(__always)
  private static func lineAfter(_ position: Int, _ buffer: UnsafeRawBufferPointer) -> Int? {
    var index = position
    let count = buffer.count
    // Eight bytes at a time: a byte of the mask is set where a byte is LF
    // (Hacker's Delight, second edition, section 6-1).
    while count - index >= 8 {
      let word = unsafe UInt64(
        littleEndian: buffer.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      let zeros = word ^ 0x0a0a_0a0a_0a0a_0a0a
      let mask = (zeros &- 0x0101_0101_0101_0101) & ~zeros & 0x8080_8080_8080_8080
      if mask != 0 {
        let next = index + mask.trailingZeroBitCount / 8 + 1
        return next < count ? next : nil
      }
      index += 8
    }
    while index < count {
      if unsafe buffer[index] == 0x0a { return index + 1 < count ? index + 1 : nil }
      index += 1
    }
    return nil
  }

  /// The line of a device below a vendor's line; `end` is where the vendor's lines end.
  ///
  /// The lines must be in order, as the PCI ID Project keeps them: then a search
  /// by halves finds one of Intel's 4,000 devices without reading the others.
  func device(_ id: UInt32, below vendor: Int, before end: Int) -> Int? {
    var low = lineAfter(vendor) ?? end
    var high = min(end, bytes.count)
    while low < high {
      let middle = lineStart(low + (high - low) / 2)
      var probe = max(middle, low)
      while probe < high, depth(at: probe) != 1 || !isEntry(at: probe) {
        probe = lineAfter(probe) ?? high
      }
      guard probe < high else {
        // Nothing but boards in the upper half.
        high = max(middle, low)
        continue
      }
      // A line without an id is a mistake of the file: then read in order.
      guard let found = hexadecimal(at: probe + 1, digits: 4) else {
        return child(of: vendor, depth: 1, id: id, digits: 4)
      }
      if found == id { return probe }
      if found < id {
        low = lineAfter(probe) ?? high
      } else {
        high = max(middle, low)
      }
    }
    return nil
  }

  /// The start of the line that a position is in.
  private func lineStart(_ position: Int) -> Int {
    var start = position
    while start > 0, bytes[start - 1] != 0x0a { start -= 1 }
    return start
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

  /// A number with a fixed count of hexadecimal digits, and a blank behind it.
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

  /// Four characters as one number, letters in lower case; `nil` past the end.
  func spelling(at start: Int) -> UInt32? {
    guard start >= 0, bytes.count - start >= 4 else { return nil }
    return unsafe bytes.withUnsafeBytes { unsafe Self.spelling($0, start) }
  }

  @inline(__always)
  private static func spelling(_ buffer: UnsafeRawBufferPointer, _ start: Int) -> UInt32 {
    unsafe UInt32(bigEndian: buffer.loadUnaligned(fromByteOffset: start, as: UInt32.self))
      | 0x2020_2020
  }

  /// The number that a `spelling(at:)` is; `nil` where that is not four digits.
  ///
  /// All four at once: bit 6 of a letter is set, and its value is its lower four
  /// bits and nine.
  static func number(ofSpelling spelling: UInt32) -> UInt32? {
    let ones: UInt32 = 0x0101_0101
    let digits = (spelling & (ones &* 0x0f)) &+ ((spelling >> 6) & ones) &* 9
    // Writing the digits out again shows whether they were digits.
    let isLetter = ((digits &+ ones &* 6) >> 4) & ones
    guard digits & (ones &* 0xf0) == 0,
      digits &+ ones &* 0x30 &+ isLetter &* 0x27 == spelling
    else { return nil }
    let pairs = (digits | digits >> 4) & 0x00ff_00ff
    return (pairs | pairs >> 8) & 0xffff
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
