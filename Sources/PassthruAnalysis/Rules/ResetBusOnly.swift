// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// The function is reset only with everything on its bus.
  static let resetBusOnly: Rule = Rule(
    id: "reset.bus-only", consumers: [.vfio],
    meaning: "The function cannot be reset alone. Its bus can, with every function on it, and "
      + "vfio does that only when all of them are given up together.",
    decision: "reset_method names nothing but bus or cxl_bus, or the function has no reset of "
      + "its own, is behind a port, and the port's bus can be reset.",
    source: "Linux drivers/vfio/pci/vfio_pci_core.c, VFIO_DEVICE_PCI_HOT_RESET; drivers/pci/pci.c"
  ) { context in
    guard !context.isBridgeOrChipset, context.consumer == .vfio, context.resetAbility == .bus
    else { return [] }
    let others = context.functionsOnBus
    return [
      Rule.resetBusOnly.finding(
        .risk,
        others.isEmpty
          ? "it is reset with its bus only, on which it is alone"
          : "it is reset with its bus only, together with "
            + listed(others, for: context.consumer),
        remedy: others.isEmpty
          ? "nothing to do; the card's own state may still survive a guest's restart"
          : "pass all functions of the bus together", related: others)
    ]
  }
}
