// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIDrivers
internal import PCIHost
internal import PassthruReport

/// The subcommand `rescan`.
struct Rescan: ChangingSubcommand {
  static let declaration = SubcommandDeclaration(
    "rescan", "Look for functions that were added or removed.", need: .kernel,
    examples: [.init("rescan --apply", "after a remove")], obstacle: needsKernel)
  static let options = changeOptions

  var common = CommonOptions()
  var change = ChangeOptions()

  func decide(_ situation: ChangeSituation) throws(SelectorError) -> ChangeDecision {
    ready(
      .steps([.perform(.rescan)]), ChangeReport("rescan", situation.interface), situation.host)
  }
}
