// SPDX-License-Identifier: Apache-2.0

/// The subcommand `help`.
struct Help: SubcommandOptions {
  static let declaration = SubcommandDeclaration(
    "help", "What passthru does, or one subcommand, with examples.",
    takes: "one subcommand or none", need: .nothing,
    examples: [
      .init("help", "all subcommands"), .init("help plan", "examples and options of one"),
    ])
  static let arguments: [CommandArgument<Self>] = [
    .init(
      "SUBCOMMAND", count: 0...1, "The subcommand; without, all of them.",
      completes: .words { Subcommand.shown.map { $0.name } }
    ) { $0.topic = $1[0] }
  ]

  var common = CommonOptions()
  /// The subcommand; `nil` is all of them.
  var topic: String?

  func work(on system: PlatformKind) -> Work {
    .answer {
      let text = HelpText(self.common.style)
      guard let topic = self.topic else { return CommandResult(text.whole) }
      guard let subcommand = Subcommand.named(topic) else {
        return Subcommand.mistyped(topic).result
      }
      return CommandResult(text.page(of: subcommand))
    }
  }
}
