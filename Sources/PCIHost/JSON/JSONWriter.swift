// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// Writes JSON (RFC 8259) straight to UTF-8 bytes, without an intermediate tree.
///
/// The layout is compact or has one member a line; strings are escaped and
/// never contain a raw control character, line separator or directional control.
public struct JSONWriter: Sendable {
  /// The document so far.
  public private(set) var bytes: [UInt8]
  private let isIndented: Bool
  private var depth = 0
  private var needsComma = false

  /// Starts an empty document.
  public init(isIndented: Bool = false, reserving capacity: Int = 0) {
    self.isIndented = isIndented
    bytes = []
    bytes.reserveCapacity(capacity)
  }

  /// Writes an object whose members `body` writes.
  public mutating func object(_ body: (inout JSONWriter) -> Void) {
    nested(UInt8(ascii: "{"), UInt8(ascii: "}"), body)
  }

  /// Writes an array whose elements `body` writes.
  public mutating func array(_ body: (inout JSONWriter) -> Void) {
    nested(UInt8(ascii: "["), UInt8(ascii: "]"), body)
  }

  /// Writes a member; `nil` is null.
  public mutating func member<Value: JSONWritable>(_ name: StaticString, _ value: Value?) {
    key(name)
    self.value(value)
  }

  /// Writes a member whose name is only known at run time; `nil` is null.
  public mutating func member<Value: JSONWritable>(dynamic name: String, _ value: Value?) {
    separate()
    quote(name)
    endKey()
    self.value(value)
  }

  /// Writes a member that is a string of hexadecimal digits, padded with zeros; `nil` is null.
  public mutating func member(
    _ name: StaticString, hexadecimal number: (some FixedWidthInteger & UnsignedInteger)?,
    digits: Int, prefix: Bool = false
  ) {
    guard let number else { return null(name) }
    key(name)
    hexadecimal(number, digits: digits, prefix: prefix)
  }

  /// Writes a member that is an object, whose members `body` writes.
  public mutating func object(_ name: StaticString, _ body: (inout JSONWriter) -> Void) {
    key(name)
    object(body)
  }

  /// Writes a member that is an array, whose elements `body` writes.
  public mutating func array(_ name: StaticString, _ body: (inout JSONWriter) -> Void) {
    key(name)
    array(body)
  }

  /// Writes a member that is null.
  public mutating func null(_ name: StaticString) {
    key(name)
    null()
  }

  /// Writes a value, or null.
  public mutating func value<Value: JSONWritable>(_ value: Value?) {
    if let value { value.write(into: &self) } else { null() }
  }

  /// Writes a member's name; its value must follow.
  mutating func key(_ name: StaticString) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    unsafe bytes.append(
      contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
    bytes.append(UInt8(ascii: "\""))
    endKey()
  }

  private mutating func endKey() {
    bytes.append(UInt8(ascii: ":"))
    if isIndented { bytes.append(0x20) }
    needsComma = false
  }

  mutating func text(_ text: String) {
    separateValue()
    quote(text)
    needsComma = true
  }

  /// Writes bytes that need no escape between quotes.
  mutating func plainText(_ body: (inout [UInt8]) -> Void) {
    separateValue()
    bytes.append(UInt8(ascii: "\""))
    body(&bytes)
    bytes.append(UInt8(ascii: "\""))
    needsComma = true
  }

  mutating func number(_ number: some FixedWidthInteger) {
    separateValue()
    decimal(number)
    needsComma = true
  }

  mutating func flag(_ flag: Bool) {
    separateValue()
    bytes.append(contentsOf: (flag ? "true" : "false").utf8)
    needsComma = true
  }

  /// Writes null.
  mutating func null() {
    separateValue()
    bytes.append(contentsOf: "null".utf8)
    needsComma = true
  }

  /// Writes a string of hexadecimal digits, padded with zeros.
  mutating func hexadecimal(
    _ number: some FixedWidthInteger & UnsignedInteger, digits: Int, prefix: Bool = false
  ) {
    separateValue()
    bytes.append(UInt8(ascii: "\""))
    if prefix {
      bytes.append(UInt8(ascii: "0"))
      bytes.append(UInt8(ascii: "x"))
    }
    appendHexadecimal(UInt64(number), digits: digits)
    bytes.append(UInt8(ascii: "\""))
    needsComma = true
  }

  /// Appends digits, more than `digits` where the number needs them.
  private mutating func appendHexadecimal(_ number: UInt64, digits: Int) {
    let needed = max(1, (64 - number.leadingZeroBitCount + 3) / 4)
    var shift = max(digits, needed) * 4
    while shift > 0 {
      shift -= 4
      let digit = shift < 64 ? UInt8(truncatingIfNeeded: number >> UInt64(shift)) & 0xf : 0
      bytes.append(digit < 10 ? 0x30 &+ digit : 0x57 &+ digit)
    }
  }

  private mutating func nested(
    _ open: UInt8, _ close: UInt8, _ body: (inout JSONWriter) -> Void
  ) {
    separateValue()
    bytes.append(open)
    depth += 1
    needsComma = false
    body(&self)
    depth -= 1
    // `needsComma` is set only if the body wrote something.
    if needsComma { newLine() }
    bytes.append(close)
    needsComma = true
    if depth == 0 && isIndented { bytes.append(0x0a) }
  }

  /// Whether the next value follows a key on the same line.
  private var followsKey: Bool {
    guard let last = bytes.last else { return true }
    return last == UInt8(ascii: ":") || (isIndented && last == 0x20)
  }

  private mutating func separateValue() {
    if !followsKey { separate() }
  }

  private mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    if depth > 0 { newLine() }
  }

  private mutating func newLine() {
    guard isIndented else { return }
    bytes.append(0x0a)
    for _ in 0..<depth {
      bytes.append(0x20)
      bytes.append(0x20)
    }
  }

  private mutating func decimal(_ number: some FixedWidthInteger) {
    var magnitude = UInt64(truncatingIfNeeded: number.magnitude)
    if number < 0 { bytes.append(UInt8(ascii: "-")) }
    if magnitude == 0 {
      bytes.append(0x30)
      return
    }
    let start = bytes.count
    while magnitude > 0 {
      bytes.append(0x30 &+ UInt8(truncatingIfNeeded: magnitude % 10))
      magnitude /= 10
    }
    bytes[start...].reverse()
  }

  private mutating func quote(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    // Nearly every text is written as it is, and copied at once.
    let start = bytes.count
    bytes.append(contentsOf: text.utf8)
    let isPlain = bytes[start...].allSatisfy {
      $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") && $0 < 0x7f
    }
    if isPlain {
      bytes.append(UInt8(ascii: "\""))
      return
    }
    bytes.removeLast(bytes.count - start)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\":
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(UInt8(ascii: scalar))
      case "\n": bytes.append(contentsOf: "\\n".utf8)
      case "\t": bytes.append(contentsOf: "\\t".utf8)
      case _ where !isTextScalar(scalar):
        bytes.append(contentsOf: "\\u".utf8)
        appendHexadecimal(UInt64(scalar.value), digits: 4)
      default: bytes.append(contentsOf: UTF8.encode(scalar).map { Array($0) } ?? [])
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}

extension StaticString {
  /// The text as a `String`.
  var text: String {
    unsafe String(
      decoding: UnsafeBufferPointer(start: utf8Start, count: utf8CodeUnitCount), as: UTF8.self)
  }
}
