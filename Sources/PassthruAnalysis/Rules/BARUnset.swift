// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// The firmware found no room for a BAR.
  static let barUnset: Rule = Rule(
    id: "bar.unset", consumers: [.vfio],
    meaning: "A BAR that has no address is not there: the device works in part or not at all, "
      + "for the host as for a guest.",
    decision: "A memory BAR has a size and no address (IORESOURCE_UNSET).",
    source: "Linux include/linux/ioport.h, IORESOURCE_UNSET; drivers/pci/setup-res.c"
  ) { context in
    guard !context.isBridgeOrChipset else { return [] }
    return context.registers.compactMap { bar in
      guard bar.kind != .io, bar.kind != .expansionROM, let size = bar.size, size > 0,
        bar.address == nil
      else { return nil }
      return Rule.barUnset.finding(
        .risk, "BAR \(bar.index), \(size) bytes, has no address",
        remedy: "switch on Above 4G Decoding in the firmware's setup, or boot with pci=realloc")
    }
  }
}
