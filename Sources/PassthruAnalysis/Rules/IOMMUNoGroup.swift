// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// A function without a group, while others have theirs.
  static let iommuNoGroup: Rule = Rule(
    id: "iommu.no-group", consumers: [.vfio],
    meaning: "vfio-pci takes only functions that are in an IOMMU group. With the IOMMU on, a "
      + "function has none where no remapping unit covers it, where intel_iommu=igfx_off leaves "
      + "the graphics out, or, on Arm and with virtio-iommu before Linux 6.15, until a driver first "
      + "tries it.",
    decision: "The function has no group and at least one other function has one.",
    source: "Linux drivers/vfio/vfio_main.c; drivers/iommu/iommu.c, iommu_probe_device"
  ) { context in
    guard !context.isBridgeOrChipset, context.host.iommu.isEnabled != false,
      !context.tables.groups.isEmpty
    else { return [] }
    switch context.function.iommuGroup {
    case .known: return []
    case .notRecorded:
      return [
        Rule.iommuNoGroup.finding(
          .unknown,
          "not known which IOMMU group it is in: that is not recorded, though others' groups are",
          remedy: "on the machine: readlink /sys/bus/pci/devices/"
            + "\(context.function.address)/iommu_group")
      ]
    case .absent: break
    }
    switch context.host.iommu.kind {
    case nil:
      return [
        Rule.iommuNoGroup.finding(
          .blocker,
          "it has no IOMMU group, though other functions have; the kind of the IOMMU, which "
            + "would tell why, is not recorded",
          remedy: "pass another device, or look on the machine: ls /sys/class/iommu")
      ]
    case .smmu, .smmuV3, .virtio:
      // The IOMMU takes one function a requester id: those behind a PCIe-to-PCI
      // bridge work for the host without a group, as seen on Linux 6.12.
      if let release = context.host.system.release.flatMap({ KernelRelease($0) }),
        release >= KernelRelease(6, 15)
      {
        return [
          Rule.iommuNoGroup.finding(
            .blocker,
            "it has no IOMMU group: kernels from 6.15 on ask the IOMMU when the function is "
              + "found, and this one was refused",
            remedy: "pass another device: behind a PCIe-to-PCI bridge all share a requester id")
        ]
      }
      switch context.function.driver {
      case .absent: break
      case .notRecorded:
        return [
          Rule.iommuNoGroup.finding(
            .unknown,
            "it has no IOMMU group, and whether a driver holds it, which would tell why, is not "
              + "recorded", remedy: "record the host with its drivers: lspci -nnvvv")
        ]
      case .known(let driver):
        return [
          Rule.iommuNoGroup.finding(
            .blocker,
            "it has no IOMMU group although \(driver) holds it: the kernel asked the IOMMU when "
              + "the driver came, and was refused",
            remedy: "pass another device: behind a PCIe-to-PCI bridge all share a requester id")
        ]
      }
      return [
        Rule.iommuNoGroup.finding(
          .blocker,
          "it has no IOMMU group; with this IOMMU a group forms when a driver first "
            + "tries the function",
          remedy: "bind any driver to it (vfio-pci through driver_override does), then look again",
          resolution: .change)
      ]
    default:
      return [
        Rule.iommuNoGroup.finding(
          .blocker,
          "it has no IOMMU group, though other functions have: no remapping unit "
            + "covers it",
          remedy: "look for igfx_off in intel_iommu= on the kernel's command line and for a "
            + "firmware update")
      ]
    }
  }
}
