// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// vfio-pci refuses some devices by id.
  static let deviceDenylist: Rule = Rule(
    id: "dev.denylist", consumers: [.vfio],
    meaning: "vfio-pci refuses accelerators of Intel with errata that let a guest stop the whole "
      + "machine.",
    decision: "Vendor and device are on its list: QAT C3xxx, C62x and DH895xCC with their virtual "
      + "functions, DSA and IAA of Sapphire Rapids.",
    source: "Linux drivers/vfio/pci/vfio_pci.c, vfio_pci_dev_in_denylist"
  ) { context in
    let identity = context.function.identity
    guard identity.vendorID == 0x8086 else { return [] }
    switch identity.deviceID {
    case 0x0435, 0x0443, 0x19e2, 0x19e3, 0x37c8, 0x37c9, 0x0b25, 0x0cfe: break
    default: return []
    }
    return [
      Rule.deviceDenylist.finding(
        .blocker, "vfio-pci has \(identity.vendorDevice) on its list of devices to refuse",
        remedy: "trusting the guest, load vfio-pci with disable_denylist=1", resolution: .change)
    ]
  }
}
