// SPDX-License-Identifier: Apache-2.0

internal import PCI

extension FunctionReader {
  /// Reads the attributes that an inventory leaves out.
  mutating func readDetails(_ function: inout Function, _ directory: borrowing Directory) {
    if facts.contains(.virtualFunctions) {
      function.physicalFunction = self.function(atEndOf: "physfn", directory)
      if function.physicalFunction == nil, let total = decimal("sriov_totalvfs", directory) {
        let enabled = decimal("sriov_numvfs", directory)
        if let total = UInt16(exactly: total), let enabled, let enabled = UInt16(exactly: enabled) {
          function.virtualFunctions = VirtualFunctionState(total: total, enabled: enabled)
        }
      }
    }
    if facts.contains(.powerState) {
      if let name = line("power_state", directory) {
        // "unknown" and "error" are the kernel's own words for not knowing.
        function.powerState = PowerState.allCases.first { $0.name == name }
      } else {
        noteAbsence(.powerState, function.address)
      }
    }
    if facts.contains(.resetMethods) { readResetMethods(&function, directory) }
    if facts.contains(.bootVGA), function.classCode?.baseAndSubClass == 0x0300 {
      function.isBootVGA = decimal("boot_vga", directory).map { $0 != 0 }
    }
    if facts.contains(.label) { function.label = line("label", directory) }
    if facts.contains(.driverOverride), let name = line("driver_override", directory),
      name != "(null)"
    {
      function.driverOverride = name
    }
    if facts.contains(.enabledWindows), let count = decimal("enable", directory), count > 0 {
      markEnabled(&function)
    }
  }

  /// Records that the kernel enabled the memory windows.
  ///
  /// `enable` counts the drivers' calls of `pci_enable_device` and its kin, of
  /// which only `pci_enable_device_io` leaves memory alone and no function with
  /// memory windows uses that; `pci_enable_device_mem` leaves I/O alone. A count
  /// of zero tells nothing: the firmware may have enabled the windows.
  private func markEnabled(_ function: inout Function) {
    for index in function.baseAddressRegisters.indices {
      let window = function.baseAddressRegisters[index]
      if window.isEnabled == nil, window.isMemory, window.address != nil {
        function.baseAddressRegisters[index].isEnabled = true
      }
    }
  }

  private mutating func readResetMethods(
    _ function: inout Function, _ directory: borrowing Directory
  ) {
    guard let methods = line("reset_method", directory) else {
      // Whether that means "none" depends on the kernel: settled after the scan.
      let hasReset = !listsResetMethods && directory.has("reset")
      noteAbsence(hasReset ? .resetMethodOnly : .resetMethodAndReset, function.address)
      return
    }
    function.resetMethods = methods.split(separator: " ").map {
      ResetMethod(rawValue: String($0))
    }
  }
}
