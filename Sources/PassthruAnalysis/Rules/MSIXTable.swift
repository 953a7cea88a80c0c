// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// The MSI-X table is where nothing can map it.
  static let msixTable: Rule = Rule(
    id: "msix.table", consumers: [.bhyve],
    meaning: "bhyve maps the MSI-X table to watch what the guest writes there. A table in a "
      + "BAR that is missing, disabled or too short makes it give the device up.",
    decision: "Table Offset and BIR of the MSI-X capability against the base address registers.",
    source: "FreeBSD usr.sbin/bhyve/pci_passthru.c, init_msix_table"
  ) { context in
    guard !context.isBridgeOrChipset,
      let space = context.function.configuration.value(ifNotRecorded: nil),
      let capability = space[MessageSignaledInterruptsExtended.self]
    else { return [] }
    let index = capability.tableBaseAddressRegister
    let end = UInt64(capability.tableOffset) + UInt64(capability.vectorCount) * 16
    let remedy =
      "let a driver of the host attach once, or choose another device: bhyve stops "
      + "with \"Failed to map MSI-X table BAR\""
    guard
      let bar = context.registers.first(where: {
        $0.index == index && $0.kind != .io && $0.kind != .expansionROM
      })
    else {
      return [
        Rule.msixTable.finding(
          .risk, "its MSI-X table is in BAR \(index), which it does not have", remedy: remedy)
      ]
    }
    if bar.isEnabled == false, !context.switchesDecodingOn {
      return [
        Rule.msixTable.finding(
          .risk, "its MSI-X table is in BAR \(index), which is disabled", remedy: remedy)
      ]
    }
    if let size = bar.size, end > size {
      return [
        Rule.msixTable.finding(
          .risk,
          "its MSI-X table ends at \(end) of BAR \(index), which has \(size) bytes",
          remedy: remedy)
      ]
    }
    return []
  }
}
