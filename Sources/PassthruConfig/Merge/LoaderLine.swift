// SPDX-License-Identifier: Apache-2.0

/// One line of loader.conf, as FreeBSD's loader reads it.
///
/// A line is empty, a comment, or `NAME=VALUE` with a value in double quotes or
/// one word of letters, digits, `-`, `_` and `.`, and nothing but a comment after
/// it. The loader calls every other line malformed and goes on without it
/// (stand/lua/config.lua; the one in Forth gives the rest of the file up).
enum LoaderLine: Hashable, Sendable {
  /// Nothing, or a comment.
  case empty
  /// A variable that is set.
  case assignment(Assignment)
  /// What the loader does not take, or what releases take differently.
  case malformed(String)

  init(_ line: String) {
    let bytes = Array(line.utf8)
    guard let start = bytes.firstIndex(where: { !Self.isBlank($0) }), bytes[start] != Ascii.hash
    else {
      self = .empty
      return
    }
    let key = bytes[start...].prefix { Self.isNameByte($0) }
    let rest = bytes[key.endIndex...].drop { Self.isBlank($0) }
    guard let first = key.first, Self.isLetterOrDigit(first), rest.first == Ascii.equals else {
      self = .malformed("is not NAME=\"VALUE\"")
      return
    }
    let value = rest.dropFirst().drop { Self.isBlank($0) }
    let tail: ArraySlice<UInt8>
    if value.first == Ascii.quote {
      guard let end = value.dropFirst().firstIndex(of: Ascii.quote) else {
        self = .malformed("has a double quote that nothing closes")
        return
      }
      guard !value[..<end].contains(Ascii.backslash), !value[..<end].contains(0x24) else {
        self = .malformed("has a backslash or a dollar sign, which only some releases resolve")
        return
      }
      tail = value[(end + 1)...]
    } else {
      let word = value.prefix { Self.isNameByte($0) }
      guard let first = word.first, first == 0x2d || Self.isLetterOrDigit(first) else {
        self = .malformed("has a value that is neither in double quotes nor one plain word")
        return
      }
      tail = value[word.endIndex...]
    }
    if let first = tail.first(where: { !Self.isBlank($0) }), first != Ascii.hash {
      self = .malformed("has more after its value, where only a comment may be")
      return
    }
    guard let assignment = Assignment(line) else {
      self = .malformed("is not NAME=\"VALUE\"")
      return
    }
    self = .assignment(assignment)
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == Ascii.space || byte == Ascii.tab
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true
    default: false
    }
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x2e, 0x5f: true
    default: false
    }
  }

  /// Whether a malformed line speaks of a variable, wherever in the line.
  static func names(_ variable: String, in line: String) -> Bool {
    line.utf8.split { !isNameByte($0) }.contains { $0.elementsEqual(variable.utf8) }
  }
}
