// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// A device behind Intel VMD has no identity of its own.
  static let deviceVMDChild: Rule = Rule(
    id: "dev.vmd-child", consumers: [.vfio, .bhyve],
    meaning: "Intel VMD puts NVMe drives into a PCI domain of its own and speaks for them: to the "
      + "IOMMU they are the VMD. Only the VMD can be handed over, with all that is behind it.",
    decision: "The function is in a domain that hangs on an endpoint. Where the place is not "
      + "recorded, a domain above 0xffff tells.",
    source: "Linux arch/x86/pci/common.c, pci_real_dma_dev; drivers/pci/controller/vmd.c"
  ) { context in
    guard !context.isBridgeOrChipset else { return [] }
    let owner = context.tables.domainOwner(of: context.index)
    let address = context.function.address
    guard owner != nil || (context.function.upstream == .unknown && address.domain > 0xffff) else {
      return []
    }
    let name = owner.map { context.spelling(context.host.functions[$0].address) }
    return [
      Rule.deviceVMDChild.finding(
        .blocker, "it is behind the Intel VMD \(name ?? "of domain \(address.domain)")",
        remedy: "pass the VMD with all that is behind it, or switch VMD off in the firmware's "
          + "setup", related: owner.map { [context.host.functions[$0].address] } ?? [])
    ]
  }
}
