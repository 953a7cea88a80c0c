// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// How a report is laid out: its width, and whether it may use colour.
public struct TextStyle: Hashable, Sendable {
  /// The greatest number of columns of running text, and of a table on a terminal.
  public var width: Int
  /// Whether a table's cells are cut to fit the width.
  ///
  /// A terminal's are; into a pipe or a file every cell is whole, for grep and awk.
  public var cutsTables: Bool
  /// Whether colour is used.
  public var usesColor: Bool

  /// Lays out for a pipe: text of 100 columns without colour, tables as wide as they are.
  public init(width: Int = 100, cutsTables: Bool = false, usesColor: Bool = false) {
    self.width = max(40, width)
    self.cutsTables = cutsTables
    self.usesColor = usesColor
  }

  /// What a colour is for.
  public enum Role: Hashable, Sendable, CaseIterable {
    /// Nothing in the way.
    case good
    /// Something to do first.
    case caution
    /// In the way.
    case bad
    /// Of less weight than the rest.
    case faint
    /// The answer.
    case strong
  }

  /// A text in the colour of a role, or as it is.
  public func colored(_ text: String, _ role: Role) -> String {
    guard let escape = escape(role) else { return text }
    return escape + text + Self.plain
  }

  /// What begins the colour of a role (ECMA-48, section 8.3.117); `nil` where none is used.
  func escape(_ role: Role) -> String? {
    usesColor ? Self.escape(of: role) : nil
  }

  private static func escape(of role: Role) -> String {
    switch role {
    case .good: "\u{1b}[32m"
    case .caution: "\u{1b}[33m"
    case .bad: "\u{1b}[31m"
    case .faint: "\u{1b}[2m"
    case .strong: "\u{1b}[1m"
    }
  }

  /// What ends a colour.
  static let plain = "\u{1b}[0m"

  /// What a terminal may be sent of an output: its lines, tabs and these colours.
  ///
  /// Reports hold nothing else; a file's own lines in a difference may.
  public static func terminalText(_ bytes: [UInt8]) -> [UInt8] {
    let isPlain = bytes.allSatisfy { $0 >= 0x20 && $0 < 0x7f || $0 == 0x0a || $0 == 0x09 }
    if isPlain { return bytes }
    let escapes = (Role.allCases.map { escape(of: $0) } + [plain]).map { Array($0.utf8) }
    var clean: [UInt8] = []
    clean.reserveCapacity(bytes.count)
    var start = 0
    var position = 0
    while position < bytes.count {
      let byte = bytes[position]
      let kept =
        byte == 0x0a || byte == 0x09
        ? 1
        : byte == 0x1b
          ? escapes.first { bytes[position...].starts(with: $0) }?.count ?? 0 : 0
      if kept == 0 {
        position += 1
        continue
      }
      clean += displayText(bytes[start..<position]).utf8
      clean += bytes[position..<(position + kept)]
      position += kept
      start = position
    }
    return clean + displayText(bytes[start...]).utf8
  }
}
