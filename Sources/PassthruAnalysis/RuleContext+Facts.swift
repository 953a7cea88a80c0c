// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension RuleContext {
  /// What the function's capabilities say.
  var capabilities: CapabilityFacts { tables.capabilities[index] }

  /// Whether another rule blocks the function for what it is, whatever else holds.
  ///
  /// More reasons would only hide that one.
  var isBridgeOrChipset: Bool {
    if let header = function.headerType, header != .endpoint { return true }
    switch function.classCode?.baseAndSubClass {
    case 0x0600, 0x0601, 0x0602, 0x0603, 0x0604, 0x0605, 0x0607, 0x0609, 0x0800, 0x0801, 0x0802,
      0x0803, 0x0806, 0x0807, 0x0c05:
      return true
    default: return false
    }
  }

  /// The names of what drivers made of the function, sorted.
  var childNames: [String] {
    guard let children = tables.children[index] else { return [] }
    return children.map { host.childDevices[$0].name }.sorted()
  }

  /// An address as the consumer's system spells it.
  func spelling(_ address: FunctionAddress) -> String {
    switch consumer {
    case .vfio: address.description
    case .bhyve: address.freeBSDSelector
    }
  }
}

/// Words with commas between them, cut after eight.
func listed(_ words: [String]) -> String {
  guard words.count > 8 else { return words.joined(separator: ", ") }
  return words.prefix(8).joined(separator: ", ") + " and \(words.count - 8) more"
}

/// Lower-case hexadecimal digits without a prefix.
func hexadecimal(_ value: some FixedWidthInteger & UnsignedInteger) -> String {
  String(value, radix: 16)
}
