// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Machine {
  /// Takes back that functions are no virtual ones, where fewer were found than are on.
  ///
  /// A recording may lack links: `physfn` of a function then says nothing.
  mutating func settlePhysicalFunctions() {
    var found: [FunctionAddress: Int] = [:]
    for function in functions {
      if let physical = function.physicalFunction { found[physical, default: 0] += 1 }
    }
    var domains: Set<UInt32> = []
    for function in functions {
      if let state = function.virtualFunctions, found[function.address] ?? 0 < Int(state.enabled) {
        domains.insert(function.address.domain)
      }
    }
    for index in functions.indices
    where functions[index].physicalFunction == nil && functions[index].virtualFunctions == nil
      && domains.contains(functions[index].address.domain)
    {
      functions[index].forget(.physicalFunction)
    }
  }

  /// Reads how many virtual functions are on, for the functions that have some.
  mutating func readVirtualFunctionCounts(_ location: SysfsLocation) {
    let physical = Set(functions.lazy.compactMap { $0.physicalFunction })
    guard !physical.isEmpty else { return }
    let devices = Directory.openOrNone(location.bus + "/devices")
    var reader = FunctionReader(facts: .virtualFunctions)
    for index in functions.indices where physical.contains(functions[index].address) {
      guard let directory = try? devices.directory(functions[index].address.description) else {
        continue
      }
      functions[index].virtualFunctions = withExtendedLifetime(directory) {
        reader.readVirtualFunctions(directory.attributes)
      }
    }
  }
}
