// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// You are connected through it.
  static let hostSession: Rule = Rule(
    id: "host.session", consumers: [.vfio, .bhyve],
    meaning: "The connection of the session that asks comes in through this function. When "
      + "it goes, so does the session.",
    decision: "The local address of SSH_CONNECTION belongs to an interface that is made of "
      + "the function.",
    source: "Linux /proc/net and SSH_CONNECTION"
  ) { context in
    context.dependencies(
      .session, of: .hostSession,
      remedy: "connect through another interface, or work at the console")
  }
}
