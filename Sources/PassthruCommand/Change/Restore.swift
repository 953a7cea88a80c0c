// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIDrivers
internal import PCIHost
internal import PassthruReport

/// The subcommand `restore`.
struct Restore: ChangingSubcommand {
  static let declaration = SubcommandDeclaration(
    "restore", "Put back what was changed, after a crash too; --all puts back everything.",
    takes: "a function", need: .kernel,
    examples: [
      .init("restore --apply", "what a crash or a power cut left half done"),
      .init("restore 0a:00.0 --apply", "one function"),
      .init("restore --all --apply", "everything"),
    ], obstacle: needsKernel)
  static let options = changeOptions
  static let arguments: [CommandArgument<Self>] = [
    .selectors("The functions; without, those of changes that were cut off.")
  ]
  static let isRestoring = true

  var common = CommonOptions()
  var change = ChangeOptions()

  func decide(_ situation: ChangeSituation) throws(SelectorError) -> ChangeDecision {
    let host = situation.host
    let journal = situation.journal
    let interface = situation.interface
    let names = situation.names
    var choice = common.showsAll ? DriverJournal.Choice.all : .cutOff
    if !common.selectors.isEmpty {
      let selected = try host.select(all: common.selectors).map { host.functions[$0].address }
      choice = .these(selected)
    }
    return try restoring(choice, journal, host, interface, names)
  }
}
