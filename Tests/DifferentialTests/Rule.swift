// SPDX-License-Identifier: Apache-2.0

import PCI

/// How a field that this library decodes is spelt by lspci.
enum Spelling {
  /// The meaning, in decimal.
  case number
  /// The raw bits, in decimal.
  case raw
  /// The raw bits, in hexadecimal with any number of leading zeros.
  case hexadecimal
  /// The meaning's words, translated.
  case words(@Sendable (String) -> String)
  /// The whole field, translated.
  case field(@Sendable (Field) -> String)

  /// What lspci should have written; `nil` where the field has another kind of meaning.
  func expected(_ field: Field) -> String? {
    switch self {
    case .number:
      guard case .number(let number, _) = field.meaning else { return nil }
      return String(number)
    case .raw: return String(field.raw)
    case .hexadecimal: return String(field.raw, radix: 16)
    case .words(let translate):
      switch field.meaning {
      case .text(let text): return translate(text)
      case .number(let number, let unit): return translate("\(number) \(unit ?? "")")
      default: return nil
      }
    case .field(let translate): return translate(field)
    }
  }
}

/// A value in a line of lspci: the words around it and the field it shows.
struct Phrase {
  var before: String
  var after: String
  var field: String
  var spelling: Spelling

  init(_ before: String, _ field: String, _ spelling: Spelling, after: String = "") {
    self.before = before
    self.after = after
    self.field = field
    self.spelling = spelling
  }
}

/// What one kind of line shows: flags with a plus or a minus, and phrases.
///
/// A flag's field can be `!name` for the opposite, or `name&mask` for bits of
/// its raw value. `#` in a name is the number in the line's head.
struct Rule {
  var flags: [String: String] = [:]
  var phrases: [Phrase] = []
  /// Words without a value of their own.
  var noise: [String] = []
}

/// The rules of one capability, or of the header: line head to rule.
typealias Rules = [String: Rule]
