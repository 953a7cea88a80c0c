// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// Parts of the chipset that the host cannot run without.
  static let deviceChipset: Rule = Rule(
    id: "dev.chipset", consumers: [.vfio, .bhyve],
    meaning: "Host bridges, ISA bridges, interrupt controllers, IOMMUs and the SMBus belong to "
      + "the machine itself. The host loses them with everything that hangs on them, and a "
      + "guest has no use for them.",
    decision: "The class is host bridge (0600), ISA, EISA or MicroChannel bridge (0601 to 0603), "
      + "PCMCIA bridge (0605), a base system peripheral that the kernel itself uses (0800, 0801, "
      + "0802, 0803, 0806, 0807) or SMBus (0c05), with header type 0; or it is a virtio IOMMU "
      + "(1af4:1057). Linux 6.12 crashes when its driver releases it.",
    source: "PCI Code and ID Assignment Specification 1.16, section 1; Linux "
      + "drivers/iommu/amd/init.c and FreeBSD sys/amd64/vmm/amd/ivrs_drv.c for class 0806; "
      + "Virtio 1.2 section 5.13"
  ) { context in
    let function = context.function
    guard function.headerType.isKnown(where: { $0 != .endpoint }) != true else { return [] }
    guard case .known(let classCode) = function.classCode else {
      return [
        Rule.deviceChipset.finding(
          .unknown,
          "not known whether it is part of the machine itself: its class is not recorded",
          remedy: "record the host with its class codes: lspci -nn or pciconf -l")
      ]
    }
    guard let part = context.host.functions[context.index].chipsetPart else { return [] }
    return [
      Rule.deviceChipset.finding(
        .blocker, "it is part of the machine itself: \(part), class \(classCode)",
        remedy: "leave it with the host; pass a device that a driver of the guest is for")
    ]
  }
}
