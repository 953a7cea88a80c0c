// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// A file as lines of bytes, so that what is not UTF-8 stays as it is.
struct FileLines: Hashable, Sendable {
  /// The lines, without their newlines.
  var lines: [[UInt8]]
  /// Whether the last line ends with a newline.
  var endsWithNewline: Bool

  init(_ bytes: [UInt8]) {
    lines = []
    var start = 0
    for (index, byte) in bytes.enumerated() where byte == 0x0a {
      lines.append(Array(bytes[start..<index]))
      start = index + 1
    }
    endsWithNewline = start == bytes.count
    if start < bytes.count { lines.append(Array(bytes[start...])) }
  }

  /// The whole file.
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    for (index, line) in lines.enumerated() {
      bytes += line
      if index + 1 < lines.count || endsWithNewline { bytes.append(0x0a) }
    }
    return bytes
  }

  /// A line as text, with what is not UTF-8 replaced, and without a carriage return.
  func text(_ index: Int) -> String {
    var line = lines[index]
    if line.last == 0x0d { line.removeLast() }
    return String(decoding: line, as: UTF8.self)
  }

  /// Replaces a line; its carriage return, where it had one, stays.
  mutating func replace(_ index: Int, with text: String) {
    let hadReturn = lines[index].last == 0x0d
    lines[index] = Array(text.utf8) + (hadReturn ? [0x0d] : [])
  }

  /// Puts a line before the one at an index, or at the end.
  mutating func insert(_ text: String, at index: Int) {
    lines.insert(Array(text.utf8), at: index)
    if index == lines.count - 1 { endsWithNewline = true }
  }

  /// Puts a line at the end.
  mutating func append(_ text: String) { insert(text, at: lines.count) }

  /// Puts a line at the end, where it is nowhere in the file yet.
  mutating func appendOnce(_ text: String) {
    if !lines.indices.contains(where: { self.text($0) == text }) { append(text) }
  }
}

/// Bytes that the readers of configuration files look for.
enum Ascii {
  static let space: UInt8 = 0x20
  static let tab: UInt8 = 0x09
  static let quote: UInt8 = 0x22
  static let apostrophe: UInt8 = 0x27
  static let hash: UInt8 = 0x23
  static let equals: UInt8 = 0x3d
  static let backslash: UInt8 = 0x5c
}

/// One assignment of a shell-like file: `key="value"  # comment`.
struct Assignment: Hashable, Sendable {
  /// What stands before the value, with the key and `=`.
  var head: String
  /// The key.
  var key: String
  /// The value, without its quotes.
  var value: String
  /// The quote around the value, or nothing.
  var quote: String
  /// What follows the value.
  var tail: String
  /// Whether the key starts in column 1.
  var isAtStart: Bool

  /// Reads a line; `nil` for a comment, an empty line and anything else.
  init?(_ line: String) {
    let bytes = Array(line.utf8)
    var index = 0
    while index < bytes.count, bytes[index] == Ascii.space || bytes[index] == Ascii.tab {
      index += 1
    }
    isAtStart = index == 0
    let keyStart = index
    while index < bytes.count, Self.isKeyByte(bytes[index]) { index += 1 }
    guard index > keyStart else { return nil }
    key = String(decoding: bytes[keyStart..<index], as: UTF8.self)
    while index < bytes.count, bytes[index] == Ascii.space || bytes[index] == Ascii.tab {
      index += 1
    }
    guard index < bytes.count, bytes[index] == Ascii.equals else { return nil }
    index += 1
    while index < bytes.count, bytes[index] == Ascii.space || bytes[index] == Ascii.tab {
      index += 1
    }
    head = String(decoding: bytes[..<index], as: UTF8.self)
    var end = index
    if index < bytes.count, bytes[index] == Ascii.quote || bytes[index] == Ascii.apostrophe {
      let mark = bytes[index]
      quote = mark == Ascii.quote ? "\"" : "'"
      end = index + 1
      while end < bytes.count, bytes[end] != mark { end += 1 }
      guard end < bytes.count else { return nil }
      value = String(decoding: bytes[(index + 1)..<end], as: UTF8.self)
      tail = String(decoding: bytes[(end + 1)...], as: UTF8.self)
    } else {
      quote = ""
      while end < bytes.count, bytes[end] != Ascii.space, bytes[end] != Ascii.tab,
        bytes[end] != Ascii.hash
      {
        end += 1
      }
      value = String(decoding: bytes[index..<end], as: UTF8.self)
      tail = String(decoding: bytes[end...], as: UTF8.self)
    }
  }

  private static func isKeyByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x2e, 0x3a, 0x5f: true
    default: false
    }
  }

  /// The line with another value, in quotes.
  func line(value: String) -> String {
    let quote = quote.isEmpty ? "\"" : quote
    // The head ends right after "=" and blanks; the rest of the line stays.
    return head + quote + value + quote + tail
  }
}

/// The words of a text, parted by blanks.
func words(_ text: String) -> [String] {
  text.split(whereSeparator: { $0 == " " || $0 == "\t" }).map { String($0) }
}
