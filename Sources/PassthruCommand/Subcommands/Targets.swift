// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost
internal import PassthruConfig

/// The subcommand `targets`.
struct Targets: SubcommandOptions {
  static let declaration = SubcommandDeclaration(
    "targets", "The consumers that emit can write for.", need: .nothing,
    examples: [.init("targets", "their names, for emit")])

  var common = CommonOptions()

  func work(on system: PlatformKind) -> Work { .answer { self.list } }

  private var list: CommandResult {
    guard common.format == .text else {
      var json = JSONWriter(isIndented: true)
      json.object { json in
        json.member("schema", "passthru.targets/1")
        json.array("targets") { json in
          for target in Target.all {
            json.object { json in
              json.member("name", target.name)
              json.member("platform", target.platform.rawValue)
              json.member("summary", target.summary)
            }
          }
        }
      }
      return CommandResult(output: json.bytes)
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
