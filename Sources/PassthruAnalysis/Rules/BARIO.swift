// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// I/O BARs work, slowly.
  static let barIO: Rule = Rule(
    id: "bar.io", consumers: [.bhyve],
    meaning: "bhyve does every access to an I/O BAR with a system call of its own. Drivers "
      + "that use the I/O BAR for each packet or block are slow in the guest.",
    decision: "The function has an I/O BAR.",
    source: "FreeBSD usr.sbin/bhyve/pci_passthru.c, passthru_read"
  ) { context in
    guard !context.isBridgeOrChipset else { return [] }
    let bars = context.registers.filter { $0.kind == .io }
    guard !bars.isEmpty else { return [] }
    return [
      Rule.barIO.finding(
        .advice, "BAR \(listed(bars.map { String($0.index) })) is in I/O space",
        remedy: "nothing, if the guest's driver uses the memory BARs, as most do")
    ]
  }
}
