// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIDrivers
internal import PCIHost
internal import PassthruReport

/// The subcommand `remove`.
struct Remove: ChangingSubcommand {
  static let declaration = SubcommandDeclaration(
    "remove", "Take a function out of the kernel's tree, as if it were unplugged.",
    takes: "one function", need: .kernel,
    examples: [.init("remove 0a:00.0 --apply", "until the next rescan")],
    obstacle: needsKernel)
  static let options = changeOptions
  static let arguments: [CommandArgument<Self>] = [.selectors(count: 1...1, "The function.")]

  var common = CommonOptions()
  var change = ChangeOptions()

  func decide(_ situation: ChangeSituation) throws(SelectorError) -> ChangeDecision {
    let host = situation.host
    let interface = situation.interface
    let names = situation.names
    guard let function = try oneFunction(host) else { return needsOneFunction }
    let below = functions(below: function, in: host)
    var report = ChangeReport("remove", interface, undo: "passthru rescan --apply")
    try refuseWhatIsNeeded([function] + below, host, &report)
    report.items = ([function] + below).map {
      ChangeReport.Item(
        $0.address, title: names.title(of: $0),
        from: $0.driver?.description ?? "no driver", to: "removed")
    }
    return ready(.steps([.perform(.remove(function.address))]), report, host)
  }
}
