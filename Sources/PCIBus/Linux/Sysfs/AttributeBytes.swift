// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// Readers of the numbers and words that sysfs attributes are made of.
///
/// Every reader moves `position` past what it consumed and stays in bounds,
/// since a recorded tree may hold anything.
extension Span where Element == UInt8 {
  /// Consumes one to sixteen hexadecimal digits, without a prefix.
  @inline(__always)
  func hexadecimal(_ position: inout Int) -> UInt64? {
    var value: UInt64 = 0
    let start = position
    while position < count {
      let digit = Self.digit(self[position])
      guard digit < 16 else { break }
      guard position - start < 16 else { return nil }
      value = value << 4 | UInt64(digit)
      position += 1
    }
    return position == start ? nil : value
  }

  /// The value of one hexadecimal digit; 16 or more for another byte.
  @inline(__always)
  private static func digit(_ byte: UInt8) -> UInt8 {
    let decimal = byte &- 0x30
    if decimal < 10 { return decimal }
    let letter = (byte | 0x20) &- 0x61
    return letter < 6 ? letter + 10 : 16
  }

  /// The value of sixteen lower-case hexadecimal digits, as the kernel writes them.
  ///
  /// Eight digits are worked on at once: a bus of thousands of functions has
  /// millions of them. `nil` where a byte is another, which may yet be a digit
  /// in upper case.
  @inline(__always)
  func sixteenDigits(at position: Int) -> UInt64? {
    guard let high = eightDigits(at: position), let low = eightDigits(at: position + 8) else {
      return nil
    }
    return high << 32 | low
  }

  @inline(__always)
  private func eightDigits(at position: Int) -> UInt64? {
    guard let text = word(at: position) else { return nil }
    let ones: UInt64 = 0x0101_0101_0101_0101
    // Bit 6 of a letter is set: its value is its lower four bits and nine.
    let nibbles = (text & (ones &* 0x0f)) &+ ((text >> 6) & ones) &* 9
    // Writing the digits out again shows whether they were digits.
    let isLetter = ((nibbles &+ ones &* 6) >> 4) & ones
    guard nibbles &+ ones &* 0x30 &+ isLetter &* 0x27 == text else { return nil }
    var value = nibbles.byteSwapped
    value = (value | value >> 4) & 0x00ff_00ff_00ff_00ff
    value = (value | value >> 8) & 0x0000_ffff_0000_ffff
    return (value | value >> 16) & 0xffff_ffff
  }

  /// Consumes `0x` and one to sixteen hexadecimal digits.
  @inline(__always)
  func prefixedHexadecimal(_ position: inout Int) -> UInt64? {
    guard count - position >= 2, self[position] == UInt8(ascii: "0"),
      self[position + 1] == UInt8(ascii: "x")
    else { return nil }
    position += 2
    return hexadecimal(&position)
  }

  /// Consumes one to ten decimal digits.
  func decimal(_ position: inout Int) -> Int? {
    var value = 0
    let start = position
    while position < count, self[position] >= 0x30, self[position] <= 0x39 {
      guard position - start < 10 else { return nil }
      value = value * 10 + Int(self[position] - 0x30)
      position += 1
    }
    return position == start ? nil : value
  }

  /// Consumes one byte if it is the one given.
  @inline(__always)
  func skip(_ byte: UInt8, _ position: inout Int) -> Bool {
    guard position < count, self[position] == byte else { return false }
    position += 1
    return true
  }

  /// The position of the next line end, or the end.
  @inline(__always)
  func lineEnd(from position: Int) -> Int {
    var index = position
    let ones: UInt64 = 0x0101_0101_0101_0101
    while let text = word(at: index) {
      // A byte that is zero after this is a line end; the lowest one is exact.
      let difference = text ^ (ones &* 0x0a)
      let found = (difference &- ones) & ~difference & (ones &* 0x80)
      if found != 0 { return index + found.trailingZeroBitCount / 8 }
      index += 8
    }
    while index < count, self[index] != 0x0a { index += 1 }
    return index
  }

  /// The function address that is all of a range: `0000:0a:00.1`.
  ///
  /// The domain has four to eight hexadecimal digits (drivers/pci/probe.c,
  /// `pci_setup_device`: at least four), bus and device two each. Linux writes
  /// the lower three bits of `devfn` as the function; two digits are accepted,
  /// as other tools write functions under ARI.
  func functionAddress(in range: Range<Int>) -> FunctionAddress? {
    guard range.lowerBound >= 0, range.upperBound <= count else { return nil }
    var position = range.lowerBound
    guard let domain = hexadecimal(&position), position - range.lowerBound >= 4,
      let domain = UInt32(exactly: domain), skip(UInt8(ascii: ":"), &position)
    else { return nil }
    var start = position
    guard let bus = hexadecimal(&position), position - start == 2,
      skip(UInt8(ascii: ":"), &position)
    else { return nil }
    start = position
    guard let device = hexadecimal(&position), position - start == 2,
      skip(UInt8(ascii: "."), &position)
    else { return nil }
    start = position
    guard let function = hexadecimal(&position), position - start <= 2,
      position == range.upperBound
    else { return nil }
    return FunctionAddress(
      domain: domain, bus: UInt8(truncatingIfNeeded: bus),
      device: UInt8(truncatingIfNeeded: device), function: UInt8(truncatingIfNeeded: function))
  }

  /// The root bus that is all of a range: `pci0000:3a`.
  func rootBus(in range: Range<Int>) -> BusAddress? {
    guard matches("pci", at: range.lowerBound) else { return nil }
    return busAddress(in: range.lowerBound + 3..<Swift.max(range.upperBound, range.lowerBound + 3))
  }

  /// The bus that is all of a range: `0000:3a`.
  func busAddress(in range: Range<Int>) -> BusAddress? {
    guard range.lowerBound >= 0, range.upperBound <= count else { return nil }
    var position = range.lowerBound
    guard let domain = hexadecimal(&position), let domain = UInt32(exactly: domain),
      skip(UInt8(ascii: ":"), &position)
    else { return nil }
    let start = position
    guard let bus = hexadecimal(&position), position - start == 2, position == range.upperBound
    else { return nil }
    return BusAddress(domain: domain, bus: UInt8(truncatingIfNeeded: bus))
  }

  /// The last component of a path that ends at `end`, slashes after it left out.
  func lastComponent(before end: Int) -> Range<Int> {
    var upper = Swift.min(end, count)
    while upper > 0, self[upper - 1] == UInt8(ascii: "/") { upper -= 1 }
    var lower = upper
    while lower > 0, self[lower - 1] != UInt8(ascii: "/") { lower -= 1 }
    return lower..<upper
  }
}
