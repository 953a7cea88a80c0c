// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// An interface of the running host is on it.
  static let hostNetwork: Rule = Rule(
    id: "host.network", consumers: [.vfio, .bhyve],
    meaning: "The host, its guests or its containers reach a network through this function. "
      + "When it goes, they do not.",
    decision: "An interface that is made of the function is up with an address of more than "
      + "its link, or is part of a bridge, a bond, a VRF or another interface, or belongs to "
      + "another network namespace.",
    source: "Linux rtnetlink(7), /sys/class/net/NAME/master and network_namespaces(7)"
  ) { context in
    let remedy = "take the interface down, or out of what it is part of, first"
    let known = context.dependencies(.network, of: .hostNetwork, remedy: remedy)
    let survey = context.tables.survey
    // What is not known of the default route for the same reason is asked there.
    guard known.isEmpty, let gap = survey.networkGap, gap.reason != survey.routeGap?.reason,
      context.mayCarryPackets
    else { return known }
    return [context.notFollowed(gap, "its interface is in use", of: .hostNetwork, remedy: remedy)]
  }
}
