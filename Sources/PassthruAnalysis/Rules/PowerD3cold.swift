// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// The function is without power.
  static let powerD3cold: Rule = Rule(
    id: "power.d3cold", consumers: [.vfio],
    meaning: "The function has no power now. Reading its configuration space would wake it, so "
      + "that its capabilities are not known.",
    decision: "power_state is D3cold.",
    source: "Linux drivers/pci/pci.c, pci_config_pm_runtime_get"
  ) { context in
    guard context.function.powerState.value(ifNotRecorded: nil) == .d3cold else { return [] }
    return [
      Rule.powerD3cold.finding(
        .advice, "it is in D3cold, and its configuration space was left alone",
        remedy: "use it once or give --wake, then look again")
    ]
  }
}
