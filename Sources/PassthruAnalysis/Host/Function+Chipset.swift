// SPDX-License-Identifier: Apache-2.0

public import PCI

extension Function {
  /// Whether it is a bridge or a part of the chipset: nothing that a guest could be given.
  ///
  /// The rules `dev.bridge` and `dev.chipset` block what this names, and a list leaves it out.
  public var isBridgeOrChipset: Bool {
    if let headerType, headerType != .endpoint { return true }
    switch classCode?.baseAndSubClass {
    case 0x0604, 0x0607, 0x0609: return true
    default: return chipsetPart != nil
    }
  }

  /// What part of the chipset it is, by class; `nil` where it is none.
  ///
  /// PCI Code and ID Assignment Specification 1.16, section 1.
  var chipsetPart: String? {
    if isVirtioIOMMU { return "an IOMMU" }
    switch classCode?.baseAndSubClass {
    case 0x0600: return "a host bridge"
    case 0x0601, 0x0602, 0x0603: return "an ISA, EISA or MicroChannel bridge"
    case 0x0605: return "a PCMCIA bridge"
    case 0x0800: return "an interrupt controller"
    case 0x0801: return "a DMA controller"
    case 0x0802: return "a timer"
    case 0x0803: return "a real-time clock"
    case 0x0806: return "an IOMMU"
    case 0x0807: return "a root complex event collector"
    case 0x0c05: return "an SMBus controller"
    default: return nil
    }
  }

  /// Whether it is a paravirtual IOMMU, which has no class code of its own.
  ///
  /// Virtio 1.2, sections 4.1.2.1 and 5.13: 1040h and the device type, 23.
  var isVirtioIOMMU: Bool { identity.vendorID == 0x1af4 && identity.deviceID == 0x1057 }
}
