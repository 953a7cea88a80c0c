// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// The function is nearer to some processors than to others.
  static let numaNode: Rule = Rule(
    id: "numa.node", consumers: [.vfio],
    meaning: "The machine has several memory nodes. A guest on another node than its device pays "
      + "for every access.",
    decision: "Functions of the host are on more than one NUMA node, and this one names its own.",
    source: "Linux Documentation/ABI/testing/sysfs-bus-pci, numa_node"
  ) { context in
    guard !context.isBridgeOrChipset, context.tables.survey.hasSeveralNodes,
      let node = context.function.numaNode.value(ifNotRecorded: nil)
    else { return [] }
    return [
      Rule.numaNode.finding(
        .advice, "it is on NUMA node \(node)",
        remedy: "pin the guest's processors and memory to node \(node)")
    ]
  }
}
