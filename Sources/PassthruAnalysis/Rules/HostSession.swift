// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// You are connected through it.
  static let hostSession: Rule = Rule(
    id: "host.session", consumers: [.vfio, .bhyve],
    meaning: "The connection of the session that asks comes in through this function. When "
      + "it goes, so does the session.",
    decision: "SSH_CONNECTION of the process, or of one that started it, or else a connection "
      + "that one of them has accepted, is over an interface that is made of the function. Where "
      + "that cannot be read, any network card may carry it.",
    source: "Linux /proc/net, /proc/PID/environ, /proc/PID/fd; SSH_CONNECTION of ssh(1)"
  ) { context in
    let remedy = "connect through another interface, or work at the console"
    let known = context.dependencies(.session, of: .hostSession, remedy: remedy)
    guard known.isEmpty, let gap = context.tables.survey.sessionGap, context.mayCarryPackets else {
      return known
    }
    return [
      context.notFollowed(
        gap, "your session comes in through it", of: .hostSession, remedy: remedy)
    ]
  }
}
