// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// Names that the Kubernetes targets share.
enum ResourceName {
  /// The domain of extended resources and labels.
  static let prefix = "passthru.local"

  /// The resource of a card: letters, digits and `_`, as the device plugin wants it.
  static func resource(_ card: [Function]) -> String {
    guard let address = card.first?.address else { return "pci" }
    let slot =
      address.domain.hexadecimal(width: 4) + "_" + address.bus.hexadecimal(width: 2) + "_"
      + (address.deviceFunction >> 3).hexadecimal(width: 2)
    return card.count == 1
      ? "pci_\(slot)_\((address.deviceFunction & 7).hexadecimal(width: 1))" : "pci_\(slot)"
  }

  /// A function's name in a label: `pci-0000-0a-00.1`.
  static func label(_ address: FunctionAddress) -> String {
    var label = "pci-"
    for scalar in address.linuxName.unicodeScalars {
      label.unicodeScalars.append(scalar == ":" ? "-" : scalar)
    }
    return label
  }
}
