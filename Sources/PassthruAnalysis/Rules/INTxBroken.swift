// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// The interrupt pin cannot be masked and is hidden from the guest.
  static let intxBroken: Rule = Rule(
    id: "intx.broken", consumers: [.vfio],
    meaning: "The device does not obey Interrupt Disable. vfio-pci hides the interrupt pin, so "
      + "that a guest without MSI gets no interrupts.",
    decision: "Vendor and device are on Linux's list (quirk_broken_intx_masking, 700-series and "
      + "X550 network cards).",
    source: "Linux drivers/pci/quirks.c, quirk_broken_intx_masking"
  ) { context in
    let identity = context.function.identity
    guard identity.vendorID == 0x8086 else { return [] }
    switch identity.deviceID {
    case 0x1572, 0x1574, 0x1580, 0x1581, 0x1583...0x158b, 0x37d0...0x37d2, 0x1563: break
    default: return []
    }
    return [
      Rule.intxBroken.finding(
        .advice, "vfio-pci hides the interrupt pin of \(identity.vendorDevice)",
        remedy: "use a guest that uses MSI or MSI-X, as current systems do")
    ]
  }
}
