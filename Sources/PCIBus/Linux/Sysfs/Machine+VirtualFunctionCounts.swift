// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Machine {
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
