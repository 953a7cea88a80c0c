// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// Behind a bridge to conventional PCI the device has not its own requester id.
  static let groupLegacyBridge: Rule = Rule(
    id: "group.legacy-bridge", consumers: [.bhyve],
    meaning: "What a device behind a PCIe-to-PCI or conventional bridge writes arrives under the "
      + "bridge's requester id. vmm(4) maps the guest's memory for the device's own id only, so "
      + "that its accesses can fail, or pass as another device's.",
    decision: "A bridge of that kind is on the way to the root. The function itself may own the "
      + "id that is used; that is not known.",
    source: "PCI Express to PCI/PCI-X Bridge Specification 1.0, section 2.3; FreeBSD "
      + "sys/amd64/vmm/intel/vtd.c, which looks up each function's own id"
  ) { context in
    guard !context.isBridgeOrChipset,
      let bridge = context.tables.isolation?.lendingBridge(above: context.index)
    else { return [] }
    let address = context.host.functions[bridge].address
    return [
      Rule.groupLegacyBridge.finding(
        .risk,
        "it is behind \(context.spelling(address)), which lends everything behind it one "
          + "requester id",
        remedy: "prefer a device that is not behind such a bridge; otherwise pass all that are")
    ]
  }
}
