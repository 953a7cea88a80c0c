// SPDX-License-Identifier: Apache-2.0

/// Reads JSON (RFC 8259) strictly, with every bound checked.
///
/// Refused: anything after the value, a name twice in one object, control
/// characters or broken UTF-8 in strings, nesting deeper than 64.
public struct JSONReader {
  /// Where and why a text is not the JSON that was expected.
  public struct Failure: Error, Hashable, Sendable {
    /// The line, counted from 1.
    public let line: Int
    /// What is wrong, in one sentence without a full stop.
    public let reason: String
  }

  private static let maximumDepth = 64

  private let bytes: [UInt8]
  private var position = 0

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Reads one value that takes up the whole text.
  public static func read(_ bytes: [UInt8]) throws(Failure) -> JSONValue {
    var reader = JSONReader(bytes)
    let value = try reader.value(depth: 0)
    reader.skipSpace()
    guard reader.position == bytes.count else { throw reader.failure("text after the value") }
    return value
  }

  private func failure(_ reason: String) -> Failure {
    let end = min(position, bytes.count)
    return Failure(line: 1 + bytes[..<end].count { $0 == 0x0a }, reason: reason)
  }

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 {
      position += 1
    }
  }

  private mutating func skip(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    position += 1
    return true
  }

  private mutating func value(depth: Int) throws(Failure) -> JSONValue {
    guard depth < Self.maximumDepth else { throw failure("nested too deeply") }
    skipSpace()
    guard let first = next else { throw failure("the text ends where a value should be") }
    switch first {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    default: throw failure("no value starts so")
    }
  }

  private mutating func word(
    _ word: StaticString, _ value: JSONValue
  ) throws(Failure) -> JSONValue {
    for index in 0..<word.utf8CodeUnitCount {
      guard let byte = next, unsafe byte == word.utf8Start[index] else {
        throw failure("no value starts so")
      }
      position += 1
    }
    return value
  }

  private mutating func object(depth: Int) throws(Failure) -> JSONValue {
    position += 1
    var members: [JSONMember] = []
    var names = Set<String>()
    skipSpace()
    if skip(UInt8(ascii: "}")) { return .object(members) }
    while true {
      skipSpace()
      guard next == UInt8(ascii: "\"") else { throw failure("a member needs a name") }
      let name = try string()
      guard names.insert(name).inserted else { throw failure("the member \(name) is there twice") }
      skipSpace()
      guard skip(UInt8(ascii: ":")) else { throw failure("a colon is missing after a name") }
      members.append(JSONMember(name: name, value: try value(depth: depth + 1)))
      skipSpace()
      if skip(UInt8(ascii: ",")) { continue }
      guard skip(UInt8(ascii: "}")) else { throw failure("an object does not end") }
      return .object(members)
    }
  }

  private mutating func array(depth: Int) throws(Failure) -> JSONValue {
    position += 1
    var elements: [JSONValue] = []
    skipSpace()
    if skip(UInt8(ascii: "]")) { return .array(elements) }
    while true {
      elements.append(try value(depth: depth + 1))
      skipSpace()
      if skip(UInt8(ascii: ",")) { continue }
      guard skip(UInt8(ascii: "]")) else { throw failure("an array does not end") }
      return .array(elements)
    }
  }

  private mutating func string() throws(Failure) -> String {
    position += 1
    var text: [UInt8] = []
    while let byte = next {
      position += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let string = validated(text) else { throw failure("a string is not UTF-8") }
        return string
      case UInt8(ascii: "\\"): try escape(into: &text)
      case 0..<0x20: throw failure("a control character in a string")
      default: text.append(byte)
      }
    }
    throw failure("a string does not end")
  }

  private func validated(_ text: [UInt8]) -> String? {
    // String(validating:) needs a runtime that Embedded Swift has not; a
    // repaired string differs from its bytes.
    let string = String(decoding: text, as: UTF8.self)
    return string.utf8.elementsEqual(text) ? string : nil
  }

  private mutating func escape(into text: inout [UInt8]) throws(Failure) {
    guard let byte = next else { throw failure("a string does not end") }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0c)
    case UInt8(ascii: "n"): text.append(0x0a)
    case UInt8(ascii: "r"): text.append(0x0d)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"):
      var code = try fourDigits()
      if code >= 0xd800 && code < 0xdc00 {
        guard skip(UInt8(ascii: "\\")), skip(UInt8(ascii: "u")) else {
          throw failure("half of a surrogate pair")
        }
        let low = try fourDigits()
        guard low >= 0xdc00 && low < 0xe000 else { throw failure("half of a surrogate pair") }
        code = 0x10000 + (code - 0xd800) << 10 + (low - 0xdc00)
      }
      guard let scalar = Unicode.Scalar(code) else { throw failure("half of a surrogate pair") }
      text.append(contentsOf: UTF8.encode(scalar).map { Array($0) } ?? [])
    default: throw failure("an unknown escape in a string")
    }
  }

  private mutating func fourDigits() throws(Failure) -> UInt32 {
    var code: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = next, let digit = hexadecimal(byte) else {
        throw failure("\\u needs four hexadecimal digits")
      }
      code = code << 4 | digit
      position += 1
    }
    return code
  }

  private func hexadecimal(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 0x30...0x39: UInt32(byte) - 0x30
    case 0x61...0x66: UInt32(byte) - 0x57
    case 0x41...0x46: UInt32(byte) - 0x37
    default: nil
    }
  }

  private mutating func number() throws(Failure) -> JSONValue {
    let start = position
    let isNegative = skip(UInt8(ascii: "-"))
    let digits = position
    try skipDigits()
    if bytes[digits] == 0x30 && position - digits > 1 { throw failure("a number starts with 0") }
    var isWhole = true
    if skip(UInt8(ascii: ".")) {
      isWhole = false
      try skipDigits()
    }
    if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
      isWhole = false
      position += 1
      if !skip(UInt8(ascii: "+")) { _ = skip(UInt8(ascii: "-")) }
      try skipDigits()
    }
    if isWhole, let whole = wholeNumber(digits..<position, isNegative: isNegative) {
      return .integer(whole)
    }
    return .decimal(String(decoding: bytes[start..<position], as: UTF8.self))
  }

  private mutating func skipDigits() throws(Failure) {
    let start = position
    while let byte = next, byte >= 0x30, byte <= 0x39 { position += 1 }
    guard position > start else { throw failure("a number without digits") }
  }

  private func wholeNumber(_ range: Range<Int>, isNegative: Bool) -> Int64? {
    var value: Int64 = 0
    for byte in bytes[range] {
      let digit = Int64(byte) - 0x30
      let (tens, first) = value.multipliedReportingOverflow(by: 10)
      let (sum, second) =
        isNegative
        ? tens.subtractingReportingOverflow(digit) : tens.addingReportingOverflow(digit)
      if first || second { return nil }
      value = sum
    }
    return value
  }
}
