// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost
internal import PassthruAnalysis
internal import PassthruReport

extension Invocation {
  /// The list of rules, which needs no host.
  static func rules(_ format: OutputFormat) -> CommandResult {
    guard format == .text else {
      var json = JSONWriter(isIndented: true)
      json.object { json in
        json.member("schema", "passthru.rules/1")
        json.array("rules") { json in
          for rule in Rule.all {
            json.object { json in
              json.member("id", rule.id)
              json.member("for", rule.consumers.map { $0.rawValue })
              json.member("meaning", rule.meaning)
              json.member("decision", rule.decision)
              json.member("source", rule.source)
            }
          }
        }
      }
      return CommandResult(output: json.bytes)
    }
    let width = (Rule.all.map { $0.id.utf8.count }.max() ?? 0) + 2
    var text = ""
    for rule in Rule.all {
      let consumers = rule.consumers.map { $0.rawValue }.joined(separator: " ")
      text += rule.id + String(repeating: " ", count: width - rule.id.utf8.count)
      text += consumers + String(repeating: " ", count: max(1, 12 - consumers.utf8.count))
      text += firstSentence(rule.meaning) + "\n"
    }
    return CommandResult(text)
  }

  /// A rule's text: what it means, how it is decided, who says so.
  static func explain(_ id: String, _ style: TextStyle) -> CommandResult {
    guard let rule = Rule.all.first(where: { $0.id == id }) else {
      return .failure(
        .usage,
        "there is no rule \(displayText(id.utf8)): `passthru rules` lists them")
    }
    return CommandResult(RuleReport(rule).text(style))
  }

  private static func firstSentence(_ text: String) -> String {
    guard let end = text.utf8.firstIndex(of: UInt8(ascii: ".")) else { return text }
    return String(text[..<end])
  }
}
