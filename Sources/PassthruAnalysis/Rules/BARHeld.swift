// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// The boot's framebuffer lies in one of the BARs.
  static let barHeld: Rule = Rule(
    id: "bar.held", consumers: [.vfio],
    meaning: "The firmware's framebuffer, kept alive by efifb, vesafb or simpledrm, reserves the "
      + "BAR it lies in. A guest that opens the device then fails with \"can't reserve\".",
    decision: "A framebuffer hangs on the function though no driver of its own is bound.",
    source: "Linux drivers/vfio/pci/vfio_pci_core.c, vfio_pci_core_mmap "
      + "(pci_request_selected_regions); drivers/video/aperture.c"
  ) { context in
    guard !context.isBridgeOrChipset,
      context.function.driver.value(ifNotRecorded: nil) == nil || context.isHandedOver
    else { return [] }
    guard context.host.$childDevices.isRecorded else {
      guard context.function.classCode.isKnown(where: { $0.baseClass == 0x03 }) == true else {
        return []
      }
      return [
        Rule.barHeld.finding(
          .unknown,
          "if the boot's framebuffer does not hold one of its BARs: framebuffers are not recorded",
          remedy: "on the machine: ls -l /sys/class/graphics", resolution: .fact)
      ]
    }
    guard
      let held = context.children.first(where: { $0.kind == .framebuffer || $0.kind == .display })
    else { return [] }
    return [
      Rule.barHeld.finding(
        .blocker, "the boot's framebuffer \(held.name) holds one of its BARs",
        remedy: "bind vfio-pci early in the boot, or boot with initcall_blacklist=sysfb_init",
        resolution: .change)
    ]
  }
}
