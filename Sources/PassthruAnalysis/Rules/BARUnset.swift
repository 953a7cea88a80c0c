// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// The firmware found no room for a window.
  static let barUnset: Rule = Rule(
    id: "bar.unset", consumers: [.vfio],
    meaning: "A window that has no address is not there: the device works in part or not at all, "
      + "for the host as for a guest.",
    decision: "A memory window has a size and no address (IORESOURCE_UNSET).",
    source: "Linux include/linux/ioport.h, IORESOURCE_UNSET; drivers/pci/setup-res.c"
  ) { context in
    guard !context.isBridgeOrChipset else { return [] }
    return context.function.baseAddressRegisters.compactMap { window in
      guard window.kind != .io, window.kind != .expansionROM, let size = window.size, size > 0,
        window.address == nil
      else { return nil }
      return Rule.barUnset.finding(
        .risk, "window \(window.index), \(size) bytes, has no address",
        remedy: "switch on Above 4G Decoding in the firmware's setup, or boot with pci=realloc")
    }
  }
}
