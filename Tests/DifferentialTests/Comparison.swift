// SPDX-License-Identifier: Apache-2.0

import Foundation
import PCI

/// Compares what lspci prints of functions with what this library decodes.
struct Comparison {
  /// How many lines were seen.
  private(set) var lines = 0
  /// How many of them were compared word by word.
  private(set) var covered = 0
  /// Lines of which something was not compared, by their shape.
  private(set) var uncovered: [String: Int] = [:]
  /// Where the two differ.
  private(set) var differences: [String] = []
  /// Differences that are lspci's mistakes, by the reason.
  private(set) var knownMistakes: [String: Int] = [:]

  /// Adds the counts of another comparison.
  mutating func add(_ other: Comparison) {
    lines += other.lines
    covered += other.covered
    uncovered.merge(other.uncovered, uniquingKeysWith: +)
    differences += other.differences
    knownMistakes.merge(other.knownMistakes, uniquingKeysWith: +)
  }

  private var address = ""
  private var rule: (key: String, index: String)?

  mutating func compare(_ record: LspciText.Record, with function: Function, isTree: Bool) {
    address = record.address
    rule = nil
    let space = function.configuration ?? ConfigurationSpace([])
    var header: [String: Field] = [:]
    for field in space.headerFields { header[String(field.name.dropFirst(7))] = field }
    var capabilities: [Int: (capability: Capability, fields: [String: Field])] = [:]
    for capability in space.capabilities {
      var fields: [String: Field] = [:]
      for field in capability.fields { fields[field.name] = field }
      capabilities[capability.entry.offset] = (capability, fields)
    }
    let lines = FunctionLines(function: function, space: space, isTree: isTree)
    note(record.head, lines.compareHead(record.head))
    for line in record.lines {
      let text = line.text.replacingOccurrences(of: "\t", with: " ")
      if line.capability == nil || line.text.hasPrefix("Capabilities: <") {
        if let result = lines.compare(text) {
          note(text, result)
        } else {
          apply(HeaderRules.rules, text, depth: line.depth + 1, header)
        }
        continue
      }
      guard let offset = line.capability, let own = capabilities[offset] else {
        note(text, .different("no capability is decoded at its offset"))
        continue
      }
      let name = own.capability.shortName
      if line.depth == 1 {
        rule = nil
        guard let open = text.firstIndex(of: "["), let close = text.firstIndex(of: "]") else {
          continue
        }
        let mark = text[text.index(after: open)..<close].split(separator: " ")
        let version = mark.count > 1 ? UInt8(mark[1].dropFirst(), radix: 16) : nil
        guard version == own.capability.entry.version else {
          note(text, .different("version \(own.capability.entry.version ?? 0)"))
          continue
        }
        let title = text[text.index(close, offsetBy: 2)...].trimmingCharacters(in: .whitespaces)
        if title.hasPrefix("Extended Capability ID 0x") {
          let id = CapabilityID.extended(
            ExtendedCapabilityID(rawValue: UInt16(title.suffix(2), radix: 16) ?? 0))
          note(text, id == own.capability.entry.id ? .same : .different(name))
          continue
        }
        apply(RuleTable.rules[name] ?? [:], title, depth: 2, own.fields)
      } else if name == "sriov", text.hasPrefix("Region ") {
        note(text, lines.compareVirtualFunctionRegion(text, own.fields))
      } else {
        apply(RuleTable.rules[name] ?? [:], text, depth: line.depth, own.fields, space)
      }
    }
  }

  private mutating func note(_ line: String, _ result: LineResult) {
    lines += 1
    switch result {
    case .same: covered += 1
    case .different(let what):
      covered += 1
      differences.append("\(address) \(line): \(what)")
    case .mistake(let reason):
      covered += 1
      knownMistakes[reason, default: 0] += 1
    case .partly: uncovered[Self.shape(line), default: 0] += 1
    }
  }

  /// A line with its numbers taken out.
  static func shape(_ line: String) -> String {
    var shape = ""
    for character in line {
      if character.isNumber {
        if shape.last != "N" { shape.append("N") }
      } else {
        shape.append(character)
      }
    }
    return String(shape.prefix(60))
  }

  /// Finds the rule of a line, which a deeper line takes over, and compares.
  private mutating func apply(
    _ rules: Rules, _ text: String, depth: Int, _ fields: [String: Field],
    _ space: ConfigurationSpace? = nil
  ) {
    if let reason = KnownMistakes.reason(text, fields, space) {
      note(text, .mistake(reason))
      return
    }
    var text = text
    if text.hasPrefix("Mapping Address Base: "), text.count == 38 {
      text.insert(" ", at: text.index(text.endIndex, offsetBy: -8))
    }
    if let mark = text.range(of: "PME(") {
      text =
        String(text[..<mark.lowerBound]) + text[mark.upperBound...].replacing("D", with: "PME:D")
    }
    if depth > 2, let rule {
      let word = rule.key + "/" + text.prefix { $0 != " " }
      let key = rules[word] == nil ? rule.key : word
      let head = rules[word] == nil ? "" : String(text.prefix { $0 != " " })
      note(
        text,
        LineMatch(rules[key] ?? Rule(), index: rule.index, head: head, fields).compare(text))
      return
    }
    let (normal, index, length) = Self.head(of: text)
    let key = rules.keys.filter { normal.hasPrefix($0) }.max { $0.count < $1.count }
    guard let key else {
      rule = nil
      note(text, .partly)
      return
    }
    rule = (key, index)
    let head = key.contains("#:") ? String(text.prefix(length)) : key
    note(text, LineMatch(rules[key] ?? Rule(), index: index, head: head, fields).compare(text))
  }

  /// The text with `#` for a number in its head, the number, and the head's length.
  private static func head(of text: String) -> (String, String, Int) {
    guard let colon = text.firstIndex(of: ":") else { return (text, "", 0) }
    let head = text[..<colon]
    let names = [
      "Link Control", "Link Config", "Link Frequency Capability", "Link Frequency", "Link Error",
      "VC", "Link",
    ]
    for name in names {
      guard head.hasPrefix(name) else { continue }
      let digits = head.dropFirst(name.count).filter { $0 != " " }
      guard digits.allSatisfy({ $0.isNumber }) else { continue }
      let separator = name == "VC" || name == "Link" ? "" : " "
      return (
        name + separator + "#" + text[colon...], String(digits),
        text.distance(from: text.startIndex, to: colon) + 1
      )
    }
    return (text, "", 0)
  }
}

/// What came of one line.
enum LineResult {
  /// Every word was compared and is the same.
  case same
  /// Something differs.
  case different(String)
  /// Something differs, and lspci is wrong.
  case mistake(String)
  /// Something was not compared.
  case partly
}
