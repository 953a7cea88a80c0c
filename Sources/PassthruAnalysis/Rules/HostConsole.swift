// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// The console is on it.
  static let hostConsole: Rule = Rule(
    id: "host.console", consumers: [.vfio, .bhyve],
    meaning: "The console of the host is on this display or serial port. When it goes, "
      + "nobody sees what the host says.",
    decision: "The chain from /proc/consoles or the framebuffer console ends at the function. "
      + "Where that cannot be read, any display may show it.",
    source: "Linux /proc/consoles and /sys/class/graphics"
  ) { context in
    let remedy = "move the console first, or rely on ssh"
    let known = context.dependencies(.console, of: .hostConsole, remedy: remedy)
    guard known.isEmpty, let gap = context.tables.survey.consoleGap, context.mayShowConsole else {
      return known
    }
    return [context.notFollowed(gap, "the console is on it", of: .hostConsole, remedy: remedy)]
  }
}
