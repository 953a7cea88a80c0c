// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost
internal import PassthruReport

/// The subcommand `tree`.
struct Tree: SubcommandOptions {
  static let declaration = SubcommandDeclaration(
    "tree", "The topology: root buses, bridges, and what is behind them.",
    takes: "a function", need: .host,
    examples: [
      .init("tree", "the whole machine"), .init("tree eth0", "the way to one device"),
    ])
  static let arguments: [CommandArgument<Self>] = [
    .selectors("Only the branches that lead to these.")
  ]

  var common = CommonOptions()

  func work(on system: PlatformKind) -> Work {
    var reading = ReadingRequest(common, about: tree)
    reading.readsNoGroups = true
    return .reading(reading)
  }

  private func tree(_ host: Machine, _ names: DeviceNames) throws(SelectorError) -> CommandResult {
    let selected = common.selectors.isEmpty ? nil : Set(try host.select(all: common.selectors))
    guard common.format == .text else {
      return .json {
        MachineWriter(host, detail: .inventory, names: names.write(into:_:))
          .write(selected.map { $0.sorted() }, into: &$0)
      }
    }
    return CommandResult(
      TreeReport(host, names: names).text(selected: selected, style: common.style))
  }
}
