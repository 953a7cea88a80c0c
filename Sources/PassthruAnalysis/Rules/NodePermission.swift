// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// Only root may open the group's node.
  static let nodePermission: Rule = Rule(
    id: "node.permission", consumers: [.vfio],
    meaning: "A program takes a group through its node below /dev/vfio. The kernel makes the node "
      + "for root alone; a guest that runs as another user cannot open it.",
    decision: "The node of the function's group belongs to root and nobody else may write it.",
    source: "Linux Documentation/driver-api/vfio.rst (chown of /dev/vfio/26)"
  ) { context in
    guard !context.isBridgeOrChipset,
      let group = context.function.iommuGroup.value(ifNotRecorded: nil),
      let node = context.tables.survey.use.nodes[group], node.owner == 0,
      node.permissions & 0o022 == 0
    else { return [] }
    return [
      Rule.nodePermission.finding(
        .advice, "only root may open /dev/vfio/\(group)",
        remedy: "run the guest as root or through libvirt, or give the node to its user with a "
          + "udev rule (SUBSYSTEM==\"vfio\")")
    ]
  }
}
