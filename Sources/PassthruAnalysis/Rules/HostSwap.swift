// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// The host swaps to it.
  static let hostSwap: Rule = Rule(
    id: "host.swap", consumers: [.vfio, .bhyve],
    meaning: "The host keeps memory on a disk behind this function. When it goes, processes "
      + "die when they need that memory.",
    decision: "The chain from a line of /proc/swaps ends at the function.",
    source: "Linux /proc/swaps"
  ) { context in
    context.dependencies(.swap, of: .hostSwap, remedy: "swapoff first")
  }
}
