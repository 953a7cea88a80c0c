// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// The keyboard is on it.
  static let hostKeyboard: Rule = Rule(
    id: "host.keyboard", consumers: [.vfio, .bhyve],
    meaning: "The keyboard of the host is on this USB controller. When it goes, nobody can "
      + "type at the console.",
    decision: "The only input devices with keys are behind the function. Where that cannot be "
      + "read, they may be behind any USB controller.",
    source: "Linux /sys/class/input"
  ) { context in
    let remedy = "plug the keyboard into a port of another controller, or rely on ssh"
    let known = context.dependencies(.keyboard, of: .hostKeyboard, remedy: remedy)
    guard known.isEmpty, let gap = context.tables.survey.keyboardGap, context.mayHaveKeyboard
    else { return known }
    return [
      context.notFollowed(gap, "the keyboard is behind it", of: .hostKeyboard, remedy: remedy)
    ]
  }
}
