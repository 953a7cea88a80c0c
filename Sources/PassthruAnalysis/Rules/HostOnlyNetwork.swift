// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// It is the only network card.
  static let hostOnlyNetwork: Rule = Rule(
    id: "host.only-network", consumers: [.vfio, .bhyve],
    meaning: "Without it the host is not reachable, whatever its routes are.",
    decision: "No other physical function of the host has a class of that kind.",
    source: "PCI Code and ID Assignment Specification 1.16, section 1"
  ) { context in
    context.onlyOne(
      of: .network, "the only network card", of: .hostOnlyNetwork,
      remedy: "add another card, or have a console ready")
  }
}
