// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// The console is on it.
  static let hostConsole: Rule = Rule(
    id: "host.console", consumers: [.vfio, .bhyve],
    meaning: "The console of the host is on this display or serial port. When it goes, "
      + "nobody sees what the host says.",
    decision: "The chain from /proc/consoles or the framebuffer console ends at the function.",
    source: "Linux /proc/consoles and /sys/class/graphics"
  ) { context in
    context.dependencies(
      .console, of: .hostConsole, remedy: "move the console first, or rely on ssh")
  }
}
