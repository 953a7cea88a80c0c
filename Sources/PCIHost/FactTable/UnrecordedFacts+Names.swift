// SPDX-License-Identifier: Apache-2.0

internal import PCI

extension UnrecordedFacts {
  /// The facts by their names in the table of facts.
  static let named: [(name: String, fact: UnrecordedFacts)] = [
    ("driver", .driver), ("iommuGroup", .iommuGroup), ("bars", .baseAddressRegisters),
    ("bridge", .bridge), ("physicalFunction", .physicalFunction),
    ("virtualFunctions", .virtualFunctions), ("numaNode", .numaNode), ("interrupt", .interrupt),
    ("isBootVGA", .bootVGA), ("slotName", .slotName), ("label", .label),
    ("driverOverride", .driverOverride), ("identity", .identity),
  ]
}
