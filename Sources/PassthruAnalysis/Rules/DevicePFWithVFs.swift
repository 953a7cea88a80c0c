// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// A physical function cannot go while its virtual functions are on.
  static let devicePFWithVFs: Rule = Rule(
    id: "dev.pf-with-vfs", consumers: [.vfio],
    meaning: "The virtual functions of a device depend on their physical one. vfio-pci does not "
      + "take a physical function whose virtual ones are on.",
    decision: "sriov_numvfs is above 0.",
    source: "Linux drivers/vfio/pci/vfio_pci_core.c, vfio_pci_core_register_device"
  ) { context in
    guard !context.isBridgeOrChipset, !context.isHandedOver else { return [] }
    let found = context.tables.survey.virtualFunctions[context.index]?.count ?? 0
    guard let state = context.virtualFunctions, state.enabled > 0 else {
      guard found > 0 else { return [] }
      return [
        Rule.devicePFWithVFs.finding(
          .blocker, "\(found) of its virtual functions are on",
          remedy: "pass virtual functions instead, or write 0 to sriov_numvfs first",
          resolution: .change)
      ]
    }
    return [
      Rule.devicePFWithVFs.finding(
        .blocker, "\(state.enabled) of its \(state.total) virtual functions are on",
        remedy: "pass virtual functions instead, or write 0 to sriov_numvfs first",
        resolution: .change)
    ]
  }
}
