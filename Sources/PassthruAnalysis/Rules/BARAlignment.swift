// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// bhyve maps memory BARs page by page.
  static let barAlignment: Rule = Rule(
    id: "bar.alignment", consumers: [.bhyve],
    meaning: "bhyve maps each memory BAR of the device into the guest and can only map whole "
      + "pages of 4,096 bytes. A BAR that starts or ends inside a page makes it refuse the "
      + "device.",
    decision: "For each memory base address register, (address | size) & 0xfff is not 0. I/O "
      + "BARs and the expansion ROM are not mapped.",
    source: "FreeBSD usr.sbin/bhyve/pci_passthru.c, cfginitbar"
  ) { context in
    guard !context.isBridgeOrChipset else { return [] }
    guard context.function.baseAddressRegisters.isRecorded else {
      return [
        Rule.barAlignment.finding(
          .unknown, "not known how its BARs lie: base address registers are not recorded",
          remedy: "pciconf -lb \(context.function.address.freeBSDSelector) (needs no root)")
      ]
    }
    var findings: [Finding] = []
    for bar in context.registers
    where bar.kind != .io && bar.kind != .expansionROM {
      guard let size = bar.size else {
        findings.append(
          Rule.barAlignment.finding(
            .unknown, "not known how large BAR \(bar.index) is: the recording has no sizes",
            remedy: "pciconf -lb \(context.function.address.freeBSDSelector) (needs no root)"))
        continue
      }
      // Base 0 is what a kernel says of a BAR without an address, and is aligned.
      let isMisplaced = bar.address.map { $0 & 0xfff != 0 } == true
      if isMisplaced || size & 0xfff != 0 {
        let base = bar.address.map { "base 0x" + hexadecimal($0) } ?? "no base"
        findings.append(
          Rule.barAlignment.finding(
            .blocker, "BAR \(bar.index) is not page-aligned: \(base), size \(size)",
            remedy: isMisplaced && size & 0xfff == 0
              ? "a firmware setting, another slot or hw.pci.realloc_bars=1 may move it"
              : "none: bhyve cannot map less than a page; choose another device"))
      }
    }
    return findings
  }
}
