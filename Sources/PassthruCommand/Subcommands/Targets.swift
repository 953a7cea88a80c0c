// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PassthruConfig
internal import PassthruReport

/// The subcommand `targets`.
struct Targets: SubcommandOptions {
  static let declaration = SubcommandDeclaration(
    "targets", "The consumers that emit can write for.", need: .nothing,
    examples: [.init("targets", "their names, for emit")])

  var common = CommonOptions()

  func work(on system: PlatformKind) -> Work { .answer { self.list } }

  private var list: CommandResult {
    guard common.format == .text else {
      return .json { TargetsDocument(Target.all).write(into: &$0) }
    }
    let width = (Target.all.map { $0.name.utf8.count }.max() ?? 0) + 2
    var text = ""
    for target in Target.all {
      let padding = String(repeating: " ", count: width - target.name.utf8.count)
      text += target.name + padding + target.summary + "\n"
    }
    return CommandResult(text)
  }
}
