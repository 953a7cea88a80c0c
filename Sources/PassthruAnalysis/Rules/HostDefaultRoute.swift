// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// The host reaches the world through it.
  static let hostDefaultRoute: Rule = Rule(
    id: "host.default-route", consumers: [.vfio, .bhyve],
    meaning: "The default route leaves through this function, directly or through a bridge, "
      + "a bond or a VLAN. When it goes, the host is not reachable.",
    decision: "The interface of the default route, followed to what is below it, is made of "
      + "the function.",
    source: "Linux /proc/net/route and /sys/class/net"
  ) { context in
    context.dependencies(
      .defaultRoute, of: .hostDefaultRoute,
      remedy: "move the route to another interface first, or have a console ready")
  }
}
