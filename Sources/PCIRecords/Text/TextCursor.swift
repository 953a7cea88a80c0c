// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// A forward reader of one line, with every bound checked.
struct TextCursor {
  let bytes: [UInt8]
  var position: Int
  let end: Int

  init(_ bytes: [UInt8], _ range: Range<Int>) {
    self.bytes = bytes
    position = range.lowerBound
    end = min(range.upperBound, bytes.count)
  }

  /// Whether nothing is left.
  var isAtEnd: Bool { position >= end }

  /// The next byte, not consumed.
  var next: UInt8? { position < end ? bytes[position] : nil }

  /// What is left, as text fit for a terminal, blanks at both ends cut.
  var rest: String {
    var first = position
    var last = end
    while first < last, bytes[first] <= 0x20 { first += 1 }
    while last > first, bytes[last - 1] <= 0x20 { last -= 1 }
    return Self.text(bytes, first..<last)
  }

  /// Bytes as text fit for a terminal.
  static func text(_ bytes: [UInt8], _ range: Range<Int>) -> String {
    // Nearly every line is printable ASCII, which needs no second look.
    for position in range where bytes[position] < 0x20 || bytes[position] > 0x7e {
      return displayText(bytes[range])
    }
    return String(decoding: bytes[range], as: UTF8.self)
  }

  /// Consumes one byte if it is the one given.
  mutating func skip(_ byte: UInt8) -> Bool {
    guard position < end, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  /// Consumes the text if it comes next.
  mutating func skip(_ text: StaticString) -> Bool {
    guard matches(text, at: position) else { return false }
    position += text.utf8CodeUnitCount
    return true
  }

  /// Whether the text is at a position.
  func matches(_ text: StaticString, at start: Int) -> Bool {
    let length = text.utf8CodeUnitCount
    guard start >= 0, start <= end, end - start >= length else { return false }
    let wanted = unsafe UnsafeBufferPointer(start: text.utf8Start, count: length)
    for offset in 0..<length {
      guard unsafe bytes[start + offset] == wanted[offset] else { return false }
    }
    return true
  }

  /// Where the text comes next, if it does.
  func position(of text: StaticString) -> Int? {
    var start = position
    while start < end {
      if matches(text, at: start) { return start }
      start += 1
    }
    return nil
  }

  /// Whether the text is in what is left.
  func contains(_ text: StaticString) -> Bool { position(of: text) != nil }

  /// Consumes everything up to and with the text, if it is there.
  mutating func skip(past text: StaticString) -> Bool {
    guard let start = position(of: text) else { return false }
    position = start + text.utf8CodeUnitCount
    return true
  }

  /// Consumes spaces and tabs and says how many columns they take.
  mutating func skipBlanks() -> Int {
    var columns = 0
    while position < end {
      switch bytes[position] {
      case 0x20: columns += 1
      case 0x09: columns = (columns / 8 + 1) * 8
      default: return columns
      }
      position += 1
    }
    return columns
  }

  /// Consumes one to `maximumDigits` hexadecimal digits, and not more.
  ///
  /// With more digits than that nothing is consumed.
  mutating func hexadecimal(maximumDigits: Int = 16) -> UInt64? {
    var value: UInt64 = 0
    var current = position
    while current < end {
      let digit = Self.digit(bytes[current])
      guard digit < 16 else { break }
      guard current - position < min(maximumDigits, 16) else { return nil }
      value = value << 4 | UInt64(digit)
      current += 1
    }
    guard current > position else { return nil }
    position = current
    return value
  }

  /// Consumes exactly two hexadecimal digits.
  @inline(__always)
  mutating func twoDigits() -> UInt8? {
    guard end - position >= 2 else { return nil }
    let high = Self.digit(bytes[position])
    let low = Self.digit(bytes[position + 1])
    guard high | low < 16 else { return nil }
    position += 2
    return high << 4 | low
  }

  /// The value of a hexadecimal digit, or 255; the loops over dumps need it inlined.
  @inline(__always)
  private static func digit(_ byte: UInt8) -> UInt8 {
    switch byte {
    case 0x30...0x39: byte &- 0x30
    case 0x61...0x66: byte &- 0x57
    case 0x41...0x46: byte &- 0x37
    default: 255
    }
  }

  /// Consumes hexadecimal digits after `0x`, or a lone `0` as C's `%#x` prints it.
  mutating func prefixedHexadecimal(maximumDigits: Int = 16) -> UInt64? {
    let start = position
    if skip("0x") {
      if let value = hexadecimal(maximumDigits: maximumDigits) { return value }
      position = start
      return nil
    }
    return skip(UInt8(ascii: "0")) ? 0 : nil
  }

  /// Consumes decimal digits that fit 64 bits.
  mutating func decimal() -> UInt64? {
    var value: UInt64 = 0
    var current = position
    while current < end, bytes[current] >= 0x30, bytes[current] <= 0x39 {
      let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = tens.addingReportingOverflow(UInt64(bytes[current] - 0x30))
      guard !overflow, !carry else { return nil }
      value = sum
      current += 1
    }
    guard current > position else { return nil }
    position = current
    return value
  }
}
