// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// Other functions of the same device stay with the host.
  static let groupSplitFunctions: Rule = Rule(
    id: "group.split-functions", consumers: [.vfio, .bhyve],
    meaning: "The functions of one device share its package: power, reset, firmware, and often "
      + "registers. Passing some of them mostly works for the ports of a network card and "
      + "mostly does not for a graphics card with its audio and USB functions.",
    decision: "Other physical functions have the same domain, bus and device number, and the "
      + "device is no part of the processor or chipset: there, each function is a device of its "
      + "own.",
    source: "PCI Express Base 6.0, section 6.6.2 (reset of one function leaves the others); "
      + "FreeBSD wiki, bhyve/pci_passthru"
  ) { context in
    guard !context.isBridgeOrChipset else { return [] }
    let addresses = context.tables.siblings(of: context.index)
    guard !addresses.isEmpty, !context.tables.index.isPartOfChipset(context.index) else {
      return []
    }
    let isDisplay = context.function.classCode.value(ifNotRecorded: nil)?.baseClass == 0x03
    return [
      Rule.groupSplitFunctions.finding(
        .risk,
        listed(addresses, for: context.consumer)
          + (addresses.count == 1
            ? " is another function of the same device"
            : " are other functions of the same device"),
        remedy: isDisplay
          ? "pass all of them, with their function numbers kept"
          : "if the guest's driver fails or sees no traffic, pass all of them, with their "
            + "function numbers kept",
        related: addresses)
    ]
  }
}
