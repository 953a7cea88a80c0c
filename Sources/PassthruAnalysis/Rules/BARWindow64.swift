// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// The BARs do not fit where bhyve puts them above 4 GiB.
  static let barWindow64: Rule = Rule(
    id: "bar.window-64", consumers: [.bhyve],
    meaning: "From 13.1 on bhyve has 32 GiB of addresses above 4 GiB for the large BARs of a "
      + "guest. A graphics card whose memory is one BAR can need more.",
    decision: "The 64-bit BARs above 128 MiB of the function, each rounded up to a power of "
      + "two, are more than 32 GiB together. On older releases there is room for 192 GiB.",
    source: "FreeBSD usr.sbin/bhyve/pci_emul.c, PCI_EMUL_MEMSIZE64"
  ) { context in
    guard !context.isBridgeOrChipset else { return [] }
    var sum: UInt64 = 0
    for bar in context.registers {
      guard bar.kind == .memory64, let size = bar.size, size > 128 << 20 else { continue }
      sum = sum.addingReportingOverflow(roundedToPowerOfTwo(size)).partialValue
    }
    let release = context.freeBSDRelease
    let limit: UInt64 = (release.map { $0 < FreeBSDRelease(13, 1) } ?? false) ? 192 : 32
    guard sum > limit << 30 else { return [] }
    return [
      Rule.barWindow64.finding(
        release == nil ? .risk : .blocker,
        "its 64-bit BARs are \(sum >> 30) GiB, and bhyve has \(limit) GiB",
        remedy: "switch Resizable BAR off in the firmware's setup, so that the BAR shrinks",
        resolution: release == nil ? nil : .change)
    ]
  }
}
