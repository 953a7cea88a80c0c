// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// How a format writes a comment.
public enum CommentStyle: Hashable, Sendable {
  /// From `#` to the end of the line.
  case hash
  /// From `<!--` to `-->`.
  case xml
  /// The format has none, or its readers stumble over one.
  case none

  /// A remark as a comment of one line; `nil` where the format has none.
  func line(_ remark: String) -> String? {
    let clean = displayText(remark)
    switch self {
    case .hash: return "# " + clean
    case .xml:
      // "--" must not occur in an XML comment (XML 1.0, section 2.5).
      var spaced = ""
      var previous: Unicode.Scalar?
      for scalar in clean.unicodeScalars {
        if scalar == "-", previous == "-" { spaced += " " }
        spaced.unicodeScalars.append(scalar)
        previous = scalar
      }
      return "<!-- " + spaced + " -->"
    case .none: return nil
    }
  }

  /// A text with remarks as comments before its first line, or after a `#!` line.
  func adding(_ remarks: [String], to text: String) -> String {
    let comments = remarks.compactMap { line($0) }
    guard !comments.isEmpty else { return text }
    var block = ""
    for comment in comments { block += comment + "\n" }
    guard text.utf8.starts(with: "#!".utf8),
      let end = text.utf8.firstIndex(of: UInt8(ascii: "\n"))
    else { return block + text }
    let next = text.utf8.index(after: end)
    return String(text[..<next]) + block + String(text[next...])
  }
}
