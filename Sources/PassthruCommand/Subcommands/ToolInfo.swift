// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

/// The subcommand `tool-info`: the table in the form from which swift-argument-parser's
/// `generate-manual` makes man pages (its `ToolInfoV0`, version 0).
struct ToolInfo: SubcommandOptions {
  static let declaration = SubcommandDeclaration(
    "tool-info", "The table of subcommands as JSON, for man pages.", need: .nothing,
    isHidden: true)

  var common = CommonOptions()

  func work(on system: PlatformKind) -> Work { .answer { CommandResult(output: Self.document) } }

  private static var document: [UInt8] {
    var json = JSONWriter(isIndented: true)
    json.object { json in
      json.member("serializationVersion", 0)
      json.object("command") { json in
        write("passthru", HelpText.summary, HelpText.selectors + "\n\n" + HelpText.statuses, &json)
        json.member("defaultSubcommand", Subcommand.standard.name)
        json.array("subcommands") { json in
          for subcommand in Subcommand.shown { write(subcommand, &json) }
        }
      }
    }
    return json.bytes
  }

  private static func write(
    _ name: String, _ summary: String, _ discussion: String, _ json: inout JSONWriter
  ) {
    json.member("shouldDisplay", true)
    json.member("commandName", name)
    json.member("abstract", summary)
    if !discussion.isEmpty { json.member("discussion", discussion) }
  }

  private static func write(_ subcommand: Subcommand, _ json: inout JSONWriter) {
    let declaration = subcommand.declaration
    var discussion = declaration.details
    for example in declaration.examples {
      if !discussion.isEmpty { discussion += "\n\n" }
      discussion += "passthru \(example.line): \(example.meaning)."
    }
    json.object { json in
      json.member("superCommands", ["passthru"])
      write(subcommand.name, declaration.summary, discussion, &json)
      json.array("arguments") { json in
        for argument in subcommand.arguments() {
          write(
            "positional", argument.help, argument.name, isOptional: argument.count.lowerBound == 0,
            isRepeating: argument.count.upperBound > 1, names: [], &json)
        }
        for option in subcommand.options {
          write(
            option.value == nil ? "flag" : "option", option.help, option.value, isOptional: true,
            isRepeating: option.isRepeating, names: [option.letter, option.name].compactMap { $0 },
            &json)
        }
      }
    }
  }

  private static func write(
    _ kind: String, _ help: String, _ value: String?, isOptional: Bool, isRepeating: Bool,
    names: [String], _ json: inout JSONWriter
  ) {
    json.object { json in
      json.member("kind", kind)
      json.member("shouldDisplay", true)
      json.member("isOptional", isOptional)
      json.member("isRepeating", isRepeating)
      json.member("parsingStrategy", "default")
      if let preferred = names.last {
        json.array("names") { json in
          for name in names { json.object { json in write(name, &json) } }
        }
        json.object("preferredName") { json in write(preferred, &json) }
      }
      if let value { json.member("valueName", value) }
      json.member("abstract", help)
    }
  }

  private static func write(_ name: String, _ json: inout JSONWriter) {
    let isLong = name.utf8.starts(with: "--".utf8)
    json.member("kind", isLong ? "long" : "short")
    json.member("name", String(name.dropFirst(isLong ? 2 : 1)))
  }
}
