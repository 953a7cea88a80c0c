// SPDX-License-Identifier: Apache-2.0

import Foundation
import PCI

/// Compares the flags and the phrases of one line by its rule.
struct LineMatch {
  private let rule: Rule
  private let index: String
  private let head: String
  private let fields: [String: Field]

  init(_ rule: Rule, index: String, head: String, _ fields: [String: Field]) {
    self.rule = rule
    self.index = index
    self.head = head
    self.fields = fields
  }

  func compare(_ text: String) -> LineResult {
    var wrong: [String] = []
    var rest = flags(in: text, &wrong)
    for phrase in rule.phrases { take(phrase, from: &rest, &wrong) }
    rest = bare(rest)
    if !wrong.isEmpty { return .different(wrong.joined(separator: "; ")) }
    return rest.isEmpty ? .same : .partly
  }

  private func field(_ name: String) -> Field? {
    fields[name.replacingOccurrences(of: "#", with: index)]
  }

  /// Compares the flags and returns the text without them.
  private func flags(in text: String, _ wrong: inout [String]) -> String {
    var rest = ""
    var token = ""
    func isKnown(_ token: String) -> Bool {
      guard let last = token.last, last == "+" || last == "-" else { return false }
      return rule.flags[String(token.dropLast())] != nil
    }
    for character in text + " " {
      guard " ,;()".contains(character) else {
        token.append(character)
        continue
      }
      if isKnown(token) {
        compare(flag: String(token.dropLast()), token.last == "+", &wrong)
      } else {
        rest += token
      }
      rest.append(character)
      token = ""
    }
    return rest
  }

  private func compare(flag: String, _ expected: Bool, _ wrong: inout [String]) {
    guard var name = rule.flags[flag] else { return }
    let isOpposite = name.hasPrefix("!")
    if isOpposite { name.removeFirst() }
    let parts = name.split(separator: "&")
    let mask = parts.count > 1 ? UInt64(parts[1]) ?? 0 : UInt64.max
    let names = parts[0].split(separator: "|")
    guard let field = names.lazy.compactMap({ field(String($0)) }).first else {
      wrong.append("\(flag): no field \(name)")
      return
    }
    if (field.raw & mask != 0) != (expected != isOpposite) {
      wrong.append("\(flag): \(field.name) is \(field.raw)")
    }
  }

  private func take(_ phrase: Phrase, from rest: inout String, _ wrong: inout [String]) {
    let toTheEnd = phrase.after == "\u{0}"
    if toTheEnd { rest = bare(rest) }
    let start: String.Index
    let matched: String.Index
    if phrase.before.isEmpty {
      start = rest.startIndex
      matched = start
    } else {
      guard let range = rest.range(of: phrase.before) else {
        // The head may have been taken away before.
        return
      }
      matched = range.lowerBound
      start = range.upperBound
    }
    var end = rest.endIndex
    var removed = end
    if toTheEnd {
      if rest.isEmpty { return }
    } else if phrase.after.isEmpty {
      end = rest[start...].firstIndex { " ,;)".contains($0) } ?? rest.endIndex
      removed = end
    } else if let after = rest.range(of: phrase.after, range: start..<rest.endIndex) {
      end = after.lowerBound
      removed = after.upperBound
    } else if phrase.after != "," && phrase.after != ";" {
      return
    }
    let found = rest[start..<end].trimmingCharacters(in: CharacterSet(charactersIn: " ,;"))
    rest.removeSubrange(matched..<removed)
    guard let field = field(phrase.field) else {
      wrong.append("\(found): no field \(phrase.field)")
      return
    }
    if case .hexadecimal = phrase.spelling {
      let digits = found.hasPrefix("0x") ? String(found.dropFirst(2)) : found
      if UInt64(digits, radix: 16) != field.raw {
        wrong.append("\(found): \(field.name) is 0x\(String(field.raw, radix: 16))")
      }
    } else if let expected = phrase.spelling.expected(field) {
      if found != expected { wrong.append("\(found): \(field.name) is \(expected)") }
    } else {
      wrong.append("\(found): \(field.name) has another kind of meaning")
    }
  }

  /// The text without the line's head, noise, and punctuation at its ends.
  private func bare(_ text: String) -> String {
    var text = text
    if !head.isEmpty, text.hasPrefix(head) { text.removeFirst(head.count) }
    for noise in rule.noise { text = text.replacingOccurrences(of: noise, with: "") }
    return text.trimmingCharacters(in: CharacterSet(charactersIn: " ,;:()\u{9}"))
  }
}
