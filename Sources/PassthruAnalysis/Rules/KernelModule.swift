// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// vfio-pci is not loaded.
  static let kernelModule: Rule = Rule(
    id: "kernel.module", consumers: [.vfio],
    meaning: "The module vfio_pci must be loaded before a function can be bound to it. It may "
      + "also be built into the kernel, which the list of modules does not show.",
    decision: "The list of loaded modules has no vfio_pci, and vfio-pci holds no function.",
    source: "Linux drivers/vfio/pci/Kconfig"
  ) { context in
    guard !context.isBridgeOrChipset, context.tables.survey.lacksPassthroughModule else {
      return []
    }
    return [
      Rule.kernelModule.finding(
        .advice, "the module vfio_pci is not loaded", remedy: "modprobe vfio-pci")
    ]
  }
}
