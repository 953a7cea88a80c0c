// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// bhyve maps memory windows page by page.
  static let barAlignment: Rule = Rule(
    id: "bar.alignment", consumers: [.bhyve],
    meaning: "bhyve maps each memory window of the device into the guest and can only map whole "
      + "pages of 4,096 bytes. A window that starts or ends inside a page makes it refuse the "
      + "device.",
    decision: "For each memory base address register, (address | size) & 0xfff is not 0. I/O "
      + "windows and the expansion ROM are not mapped.",
    source: "FreeBSD usr.sbin/bhyve/pci_passthru.c, cfginitbar"
  ) { context in
    guard !context.isBridgeOrChipset else { return [] }
    guard context.tables.survey.recordsWindows else {
      return [
        Rule.barAlignment.finding(
          .unknown, "not known how its windows lie: base address registers are not recorded",
          remedy: "pciconf -lb \(context.function.address.freeBSDSelector) (needs no root)")
      ]
    }
    var findings: [Finding] = []
    for window in context.function.baseAddressRegisters
    where window.kind != .io && window.kind != .expansionROM {
      guard let size = window.size else {
        findings.append(
          Rule.barAlignment.finding(
            .unknown, "not known how large window \(window.index) is: the recording has no sizes",
            remedy: "pciconf -lb \(context.function.address.freeBSDSelector) (needs no root)"))
        continue
      }
      let address = window.address ?? 0
      if (address | size) & 0xfff != 0 {
        findings.append(
          Rule.barAlignment.finding(
            .blocker,
            "window \(window.index) is not page-aligned: base 0x\(hexadecimal(address)), "
              + "size \(size)",
            remedy: address & 0xfff != 0 && size & 0xfff == 0
              ? "a firmware setting, another slot or hw.pci.realloc_bars=1 may move it"
              : "none: bhyve cannot map less than a page; choose another device"))
      }
    }
    return findings
  }
}
