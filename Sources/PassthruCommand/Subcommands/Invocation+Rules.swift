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
        json.key("schema")
        json.value("passthru.rules/1")
        json.key("rules")
        json.array { json in
          for rule in Rule.all {
            json.object { json in
              json.key("id")
              json.value(rule.id)
              json.key("for")
              json.array { json in
                for consumer in rule.consumers { json.value(consumer.rawValue) }
              }
              json.key("meaning")
              json.value(rule.meaning)
              json.key("decision")
              json.value(rule.decision)
              json.key("source")
              json.value(rule.source)
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
