// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// The firmware shows the boot on this display.
  static let displayPrimary: Rule = Rule(
    id: "display.primary", consumers: [.vfio],
    meaning: "The firmware and the boot loader use this display. When it goes, the host has no "
      + "picture, and its framebuffer may hold the card's memory.",
    decision: "boot_vga is 1.",
    source: "Linux Documentation/ABI/testing/sysfs-bus-pci, boot_vga; drivers/pci/vgaarb.c"
  ) { context in
    guard context.function.isBootVGA.value(ifNotRecorded: nil) == true else { return [] }
    return [
      Rule.displayPrimary.finding(
        .risk, "it is the display that the firmware boots on",
        remedy: "choose another display as primary in the firmware's setup, or have ssh or a "
          + "serial console ready")
    ]
  }
}
