// SPDX-License-Identifier: Apache-2.0

/// One line of a file that a shell reads, such as /etc/default/grub.
///
/// Only lines that are whole by themselves are read: what goes on in the next
/// line, and every command but an assignment, is `other`, since what the
/// shell makes of the rest of the file then depends on it.
enum ShellLine: Hashable, Sendable {
  /// Nothing, or a comment.
  case empty
  /// `NAME=VALUE` with a value in one pair of quotes, or in none, that is what it is.
  case plain(Assignment)
  /// `NAME=VALUE` with a value that the shell works out, or in several pieces.
  case workedOut(name: String, isExported: Bool)
  /// Anything else, with the reason in words.
  case other(String)

  init(_ line: [UInt8]) {
    var index = 0
    func skipBlanks() {
      while index < line.count, line[index] == Ascii.space || line[index] == Ascii.tab {
        index += 1
      }
    }
    skipBlanks()
    guard index < line.count, line[index] != Ascii.hash else {
      self = .empty
      return
    }
    guard !line.contains(0x0d) else {
      self = .other("ends with a carriage return, which the shell takes for a part of the value")
      return
    }
    let export = Array("export ".utf8)
    let isExported = line[index...].starts(with: export)
    if isExported {
      index += export.count
      skipBlanks()
    }
    let start = index
    while index < line.count, Self.isNameByte(line[index], isFirst: index == start) { index += 1 }
    let name = String(decoding: line[start..<index], as: UTF8.self)
    guard index > start, index < line.count, line[index] == Ascii.equals else {
      self = .other("is not an assignment NAME=VALUE")
      return
    }
    if let reason = Self.fault(ofValue: line[(index + 1)...]) {
      self = .other(reason)
      return
    }
    let text = String(decoding: line, as: UTF8.self)
    if !isExported, let assignment = Assignment(text), Self.isPlain(assignment) {
      self = .plain(assignment)
    } else {
      self = .workedOut(name: name, isExported: isExported)
    }
  }

  private static func isNameByte(_ byte: UInt8, isFirst: Bool) -> Bool {
    switch byte {
    case 0x41...0x5a, 0x61...0x7a, 0x5f: true
    case 0x30...0x39: !isFirst
    default: false
    }
  }

  /// Whether the value stands there as the shell takes it.
  private static func isPlain(_ assignment: Assignment) -> Bool {
    let special: [UInt8]
    switch assignment.quote {
    case "'": special = []
    case "\"": special = Array("\\$`".utf8)
    default: special = Array("\\$`'\"*?[~".utf8)
    }
    let rest = words(assignment.tail)
    return !assignment.value.utf8.contains { special.contains($0) }
      && (rest.isEmpty || rest[0].utf8.first == Ascii.hash)
      && (assignment.tail.isEmpty || assignment.tail.utf8.first == Ascii.space
        || assignment.tail.utf8.first == Ascii.tab)
  }

  /// Why what follows `=` is not one value that ends with the line; `nil` where it is.
  private static func fault(ofValue bytes: ArraySlice<UInt8>) -> String? {
    // What is open, innermost last: quotes, and the parentheses of `$(`.
    var open: [UInt8] = []
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let byte = bytes[index]
      index += 1
      if open.last == Ascii.apostrophe {
        if byte == Ascii.apostrophe { open.removeLast() }
        continue
      }
      switch byte {
      case Ascii.backslash:
        guard index < bytes.endIndex else { return "goes on in the next line" }
        index += 1
      case Ascii.quote, 0x60:
        if open.last == byte { open.removeLast() } else { open.append(byte) }
      case Ascii.apostrophe where open.last != Ascii.quote: open.append(byte)
      case 0x28 where open.last != Ascii.quote || bytes[index - 2] == 0x24: open.append(0x29)
      case 0x29 where open.last == 0x29: open.removeLast()
      case Ascii.space, Ascii.tab:
        guard open.isEmpty else { continue }
        let rest = words(String(decoding: bytes[index...], as: UTF8.self))
        guard rest.isEmpty || rest[0].utf8.first == Ascii.hash else {
          return "has a command after the assignment"
        }
        return nil
      case 0x3b, 0x26, 0x7c, 0x3c, 0x3e, 0x29:
        if open.isEmpty { return "has a command after the assignment" }
      default: break
      }
    }
    return open.isEmpty ? nil : "opens a quote or a parenthesis that another line closes"
  }
}
