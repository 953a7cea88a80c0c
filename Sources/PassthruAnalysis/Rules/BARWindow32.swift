// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// The BARs do not fit where bhyve puts them below 4 GiB.
  static let barWindow32: Rule = Rule(
    id: "bar.window-32", consumers: [.bhyve],
    meaning: "bhyve has 512 MiB of addresses below 4 GiB for the BARs of all devices of a "
      + "guest. BARs of 32 bits, and all up to 128 MiB, go there.",
    decision: "These BARs of the one function, each rounded up to a power of two, are more "
      + "than 512 MiB together.",
    source: "FreeBSD usr.sbin/bhyve/pci_emul.c, PCI_EMUL_MEMBASE32 and pci_emul_assign_bar"
  ) { context in
    guard !context.isBridgeOrChipset else { return [] }
    var sum: UInt64 = 0
    for bar in context.registers {
      guard bar.kind != .io, bar.kind != .expansionROM, let size = bar.size,
        bar.kind != .memory64 || size <= 128 << 20
      else { continue }
      sum = sum.addingReportingOverflow(roundedToPowerOfTwo(size)).partialValue
    }
    guard sum > 512 << 20 else { return [] }
    return [
      Rule.barWindow32.finding(
        .risk, "its BARs below 4 GiB are \(sum >> 20) MiB, and bhyve has 512 MiB for all",
        remedy: "give the guest no other device with large BARs; expect "
          + "\"failed to initialize BARs\"")
    ]
  }

  /// The smallest power of two that is no less; the size itself above 2^63.
  static func roundedToPowerOfTwo(_ size: UInt64) -> UInt64 {
    guard size > 1, size <= 1 << 63 else { return size }
    return 1 << UInt64(UInt64.bitWidth - (size - 1).leadingZeroBitCount)
  }
}
