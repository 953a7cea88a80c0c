// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Machine {
  /// Whether a text has some functions of a machine only.
  ///
  /// It shows itself: one function alone, none at the start of a bus 0, or functions
  /// behind bridges none of which is there.
  var isExcerpt: Bool {
    switch source.kind {
    case .lspci, .pciconf, .snapshot: break
    default: return false
    }
    if functions.count == 1 { return true }
    let start = functions.contains { $0.address.bus == 0 && $0.address.deviceFunction >> 3 == 0 }
    let hasBridge = functions.contains { $0.isBridge == true }
    let isBehind = functions.contains { $0.address.bus != 0 }
    return !start || (isBehind && !hasBridge)
  }
}
