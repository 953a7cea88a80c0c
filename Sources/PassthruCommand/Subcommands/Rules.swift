// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PassthruAnalysis
internal import PassthruReport

/// The subcommand `rules`.
struct Rules: SubcommandOptions {
  static let declaration = SubcommandDeclaration(
    "rules", "The rules that verdicts rest on; `check --explain RULE` says more of one.",
    need: .nothing, examples: [.init("rules", "their names, for check --explain")])

  var common = CommonOptions()

  func work(on system: PlatformKind) -> Work { .answer { self.list } }

  private var list: CommandResult {
    guard common.format == .text else {
      return .json { RulesDocument(Rule.all).write(into: &$0) }
    }
    let width = (Rule.all.map { $0.id.utf8.count }.max() ?? 0) + 2
    var text = ""
    for rule in Rule.all {
      let consumers = rule.consumers.map { $0.rawValue }.joined(separator: " ")
      text += rule.id + String(repeating: " ", count: width - rule.id.utf8.count)
      text += consumers + String(repeating: " ", count: max(1, 12 - consumers.utf8.count))
      text += Self.firstSentence(rule.meaning) + "\n"
    }
    return CommandResult(text)
  }

  /// Up to the first point that ends a sentence: at the end, or before a blank.
  static func firstSentence(_ text: String) -> String {
    let bytes = text.utf8
    for index in bytes.indices where bytes[index] == UInt8(ascii: ".") {
      let next = bytes.index(after: index)
      if next == bytes.endIndex || bytes[next] == 0x20 { return String(text[..<index]) }
    }
    return text
  }
}
