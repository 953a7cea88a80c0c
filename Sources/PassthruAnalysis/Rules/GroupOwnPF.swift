// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// A virtual function shares the group of the physical one that it depends on.
  static let groupOwnPF: Rule = Rule(
    id: "group.own-pf", consumers: [.vfio],
    meaning: "The group goes as a whole, so that the host's driver must release the physical "
      + "function; and when it does, the virtual functions are gone.",
    decision: "The physical function of a virtual one is in its group, and no passthrough driver "
      + "holds it.",
    source: "Linux drivers/iommu/iommu.c, pci_device_group; drivers/net/ethernet/mellanox/mlx5/"
      + "core/sriov.c, mlx5_sriov_disable, and the removal of igb and i40e alike"
  ) { context in
    if !context.function.physicalFunction.isRecorded,
      let other = context.virtualizedMember(besides: context.index)
    {
      return [
        Rule.groupOwnPF.finding(
          .unknown,
          "not known whether it is a virtual function of \(context.spelling(other)), which is in "
            + "its group: that is not recorded",
          remedy: "on the machine: ls -l /sys/bus/pci/devices/\(context.function.address)/physfn")
      ]
    }
    guard case .known(let address) = context.function.physicalFunction,
      let physical = context.tables.index.position(of: address),
      !context.tables.isHandedOver(physical), context.shareGroup(context.index, physical)
    else { return [] }
    return [
      Rule.groupOwnPF.finding(
        .blocker,
        "it shares its group with its physical function \(context.spelling(address)): the group "
          + "goes as a whole, and without the physical function's driver there is no virtual one",
        remedy: "move the card to a slot whose ports isolate (passthru groups shows which), or "
          + "pass \(context.spelling(address)) itself, without virtual functions",
        related: [address])
    ]
  }
}
