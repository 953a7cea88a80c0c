// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// A virtual function depends on the driver of its physical one.
  static let deviceVF: Rule = Rule(
    id: "dev.vf", consumers: [.vfio, .bhyve],
    meaning: "A virtual function works as long as a driver holds its physical function and goes "
      + "when that is reset. Where vfio-pci holds the physical function, both sides must show "
      + "the same token.",
    decision: "The function has a physical function.",
    source: "PCI Express Base 6.0, section 9; Linux drivers/vfio/pci/vfio_pci_core.c (vf_token, "
      + "5.7 and later)"
  ) { context in
    guard let physical = context.function.physicalFunction.value(ifNotRecorded: nil) else {
      return []
    }
    let owner = context.tables.index.position(of: physical)
    let driver = owner.flatMap { context.host.functions[$0].driver?.name }
    let isOwned = owner.map { context.tables.isHandedOver($0) } ?? false
    return [
      Rule.deviceVF.finding(
        .advice,
        "it is a virtual function of \(context.spelling(physical))"
          + (driver.map { ", which \($0) holds" } ?? ""),
        remedy: isOwned
          ? "give both the same vf_token" : "keep the driver of the physical function loaded",
        related: [physical])
    ]
  }
}
