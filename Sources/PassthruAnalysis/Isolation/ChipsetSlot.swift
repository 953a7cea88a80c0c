// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension MachineIndex {
  /// Whether a function's device is a part of the processor or chipset, and no card.
  ///
  /// The functions of such a device have nothing but their number in common: a
  /// network interface with audio, SMBus and flash (00:1f), or an APU's display with
  /// the security processor and the host's USB. No slot can be found for them either.
  func isPartOfChipset(_ index: Int) -> Bool {
    let functions = host.functions
    let slot = addresses.slot(of: index).filter { functions[$0].physicalFunction == nil }
    guard slot.count > 1 else {
      // Alone, it is a part of the processor where it says so.
      return functions[index].capabilityFacts.portType == .rootComplexEndpoint
    }
    for other in slot {
      let function = functions[other]
      // A bridge beside other functions: the chipset's own switch. Cards of AMD have
      // other vendor ids (1002, 10ee, 1dd8) than its processors and chipsets.
      if function.chipsetPart != nil || function.isBridge == true
        || [0x1022, 0x1d94].contains(function.identity.vendorID)
      {
        return true
      }
    }
    guard case .rootBus = functions[index].upstream else { return false }
    // The ports of one network card have one id, wherever they are.
    return slot.contains {
      functions[$0].identity.vendorID != functions[index].identity.vendorID
        || functions[$0].identity.deviceID != functions[index].identity.deviceID
    }
  }
}
