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
    if situation.isJournalOutdated {
      var report = ChangeReport("restore", interface)
      report.notes.append(
        "the machine was started again since: its drivers are as they boot, and what is known of "
          + "\(journal.records.count) functions is dropped")
      return ready(.restore(.all), report, host)
    }
    var choice = common.showsAll ? DriverJournal.Choice.all : .cutOff
    if !common.selectors.isEmpty {
      // What is gone is no longer the host's, and goes by its address.
      let known = Set(journal.records.map { $0.address })
      let gone = common.selectors.compactMap { FunctionAddress($0) }
        .filter { known.contains($0) && host.function(at: $0) == nil }
      let others = common.selectors.filter { FunctionAddress($0).map(gone.contains) != true }
      let selected = try others.isEmpty ? [] : host.select(all: others)
      choice = .these(gone + selected.map { host.functions[$0].address })
    }
    return try restoring(choice, journal, host, interface, names)
  }
}
