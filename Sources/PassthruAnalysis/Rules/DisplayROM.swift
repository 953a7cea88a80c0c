// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// A guest may need a copy of the card's ROM.
  static let displayROM: Rule = Rule(
    id: "display.rom", consumers: [.vfio, .bhyve],
    meaning: "A graphics card's ROM initialises it. After the host used the card the ROM may read "
      + "as nothing, and bhyve does not pass the ROM's BAR at all.",
    decision: "The class is display (03).",
    source: "FreeBSD review D26209 (rom=); QEMU docs, vfio-pci romfile"
  ) { context in
    guard context.function.classCode.value(ifNotRecorded: nil)?.baseClass == 0x03 else { return [] }
    return [
      Rule.displayROM.finding(
        .advice, "it is a display, which may need its ROM in the guest",
        remedy: "give the guest a copy of the ROM (--rom FILE)")
    ]
  }
}
