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
      + "the function, or is of the VRF that has the only routes. Where what is below it cannot "
      + "be followed (a tunnel, PPPoE), any network card may carry it.",
    source: "Linux /proc/net/route and /sys/class/net"
  ) { context in
    let remedy = "move the route to another interface first, or have a console ready"
    let known = context.dependencies(.defaultRoute, of: .hostDefaultRoute, remedy: remedy)
    guard known.isEmpty, let gap = context.tables.survey.routeGap, context.mayCarryPackets else {
      return known
    }
    return [
      context.notFollowed(
        gap, "the default route leaves through it", of: .hostDefaultRoute, remedy: remedy)
    ]
  }
}
