// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// It is not known which device it is.
  static let deviceUnnamed: Rule = Rule(
    id: "dev.unnamed", consumers: [.vfio, .bhyve],
    meaning: "Linux knows some hundred devices by their ids: those that vfio-pci refuses, that do "
      + "not come back from a reset, that use the address of another. Without ids none of these "
      + "can be told.",
    decision: "A text printed names alone, and no device of the pci.ids at hand has this one, or "
      + "several have.",
    source: "Linux drivers/pci/quirks.c and drivers/vfio/pci/vfio_pci.c"
  ) { context in
    guard !context.isBridgeOrChipset, !context.host.functions[context.index].hasIdentity else {
      return []
    }
    return [
      Rule.deviceUnnamed.finding(
        .unknown, "if it is no device with a known fault: its ids are not recorded",
        remedy: "on the machine: lspci -nn -s \(context.function.address)", resolution: .fact)
    ]
  }
}
