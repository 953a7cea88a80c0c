// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// It is the only display.
  static let hostOnlyDisplay: Rule = Rule(
    id: "host.only-display", consumers: [.vfio, .bhyve],
    meaning: "Without it the host has no picture: not its console, and not the messages of a "
      + "boot that fails.",
    decision: "No other physical function of the host has a class of that kind.",
    source: "PCI Code and ID Assignment Specification 1.16, section 1"
  ) { context in
    context.onlyOne(
      of: .display, "the only display", of: .hostOnlyDisplay,
      remedy: "have ssh or a serial console ready")
  }
}
