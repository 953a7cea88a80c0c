// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// The function does not answer at one of its memory BARs.
  static let barDisabled: Rule = Rule(
    id: "bar.disabled", consumers: [.bhyve],
    meaning: "A BAR that is not decoded cannot be mapped. Up to 13.0 bhyve fails on a device "
      + "whose MSI-X table lies in one.",
    decision: "pciconf shows a memory BAR as disabled, and the release is not known to be 13.1 "
      + "or later, where ppt_assign_device switches decoding on.",
    source: "FreeBSD PR 260148 and review D33628; sys/dev/pci/pci_user.c, PCIOCBARMMAP"
  ) { context in
    guard !context.isBridgeOrChipset, !context.switchesDecodingOn else { return [] }
    return context.registers.compactMap { bar in
      guard bar.kind != .io, bar.kind != .expansionROM, bar.isEnabled == false else {
        return nil
      }
      return Rule.barDisabled.finding(
        .risk, "BAR \(bar.index) is disabled",
        remedy: "let a driver of the host attach once, which switches decoding on, or use "
          + "FreeBSD 13.1 or later")
    }
  }
}
