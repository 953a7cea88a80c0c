// SPDX-License-Identifier: Apache-2.0

/// A forward reader of numbers in UTF-8 text, with every bound checked.
package struct NumberReader<Bytes: Collection<UInt8>> {
  package let bytes: Bytes
  package private(set) var position: Bytes.Index

  /// Starts at the first byte.
  package init(_ bytes: Bytes) {
    self.bytes = bytes
    self.position = bytes.startIndex
  }

  /// Whether nothing is left.
  package var isAtEnd: Bool { position == bytes.endIndex }

  /// The next byte, not consumed.
  package var next: UInt8? { isAtEnd ? nil : bytes[position] }

  /// Consumes one byte if it is the one given.
  package mutating func skip(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    position = bytes.index(after: position)
    return true
  }

  /// Consumes spaces and tabs.
  package mutating func skipBlanks() {
    while let byte = next, byte == 0x20 || byte == 0x09 { _ = skip(byte) }
  }

  /// Consumes one to `maximumDigits` hexadecimal digits, without a prefix.
  package mutating func hexadecimal(maximumDigits: Int = 8) -> UInt32? {
    var value: UInt32 = 0
    var digits = 0
    while let byte = next, let digit = hexadecimalDigit(byte) {
      digits += 1
      guard digits <= maximumDigits, digits <= 8 else { return nil }
      value = value << 4 | UInt32(digit)
      _ = skip(byte)
    }
    return digits == 0 ? nil : value
  }

  /// Consumes one to sixteen hexadecimal digits, after an optional `0x`.
  package mutating func longHexadecimal() -> UInt64? {
    let start = position
    if skip(UInt8(ascii: "0")) {
      if !skip(UInt8(ascii: "x")) { position = start }
    }
    var value: UInt64 = 0
    var digits = 0
    while let byte = next, let digit = hexadecimalDigit(byte) {
      digits += 1
      guard digits <= 16 else { return nil }
      value = value << 4 | UInt64(digit)
      _ = skip(byte)
    }
    return digits == 0 ? nil : value
  }

  /// Consumes decimal digits that fit 32 bits.
  package mutating func decimal() -> UInt32? {
    guard let value = longDecimal() else { return nil }
    return UInt32(exactly: value)
  }

  /// Consumes decimal digits that fit 64 bits.
  package mutating func longDecimal() -> UInt64? {
    var value: UInt64 = 0
    var digits = 0
    while let byte = next, byte >= 0x30, byte <= 0x39 {
      let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = tens.addingReportingOverflow(UInt64(byte - 0x30))
      guard !overflow, !carry else { return nil }
      value = sum
      digits += 1
      _ = skip(byte)
    }
    return digits == 0 ? nil : value
  }
}

/// The value of one hexadecimal digit in ASCII.
@inline(__always)
package func hexadecimalDigit(_ byte: UInt8) -> UInt8? {
  switch byte {
  case 0x30...0x39: byte &- 0x30
  case 0x61...0x66: byte &- 0x57
  case 0x41...0x46: byte &- 0x37
  default: nil
  }
}
