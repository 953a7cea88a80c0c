// SPDX-License-Identifier: Apache-2.0

internal import PCI

extension FunctionReader {
  /// Reads the attributes that an inventory leaves out.
  mutating func readDetails(_ function: inout Function, _ folder: AttributeFolder) {
    if facts.contains(.virtualFunctions) || facts.contains(.physicalFunction) {
      function.physicalFunction = self.function(atEndOf: "physfn", folder)
    }
    if facts.contains(.virtualFunctions), function.physicalFunction == nil {
      let state = readVirtualFunctions(folder)
      // A total without a count is a recording that lacks it.
      if state != nil || !hasTotal { function.virtualFunctions = state }
    }
    if facts.contains(.powerState) {
      if let name = line("power_state", folder) {
        // "unknown" and "error" are the kernel's own words for not knowing.
        function.powerState = PowerState.allCases.first { $0.name == name }
      } else {
        noteAbsence(.powerState, function.address)
      }
    }
    if facts.contains(.resetMethods) { readResetMethods(&function, folder) }
    if facts.contains(.bootVGA) {
      // The kernel shows it of VGA devices alone (pci-sysfs.c, `pci_dev_attrs_are_visible`).
      if function.classCode?.baseAndSubClass != 0x0300 {
        function.recordAbsence(of: .bootVGA)
      } else if let flag = decimal("boot_vga", folder) {
        function.isBootVGA = flag != 0
      }
    }
    if facts.contains(.label) { function.label = line("label", folder) }
    if facts.contains(.driverOverride) {
      let name = line("driver_override", folder)
      function.driverOverride = name == "(null)" ? nil : name
    }
    if facts.contains(.enabledBARs), let count = decimal("enable", folder), count > 0 {
      markEnabled(&function)
    }
  }

  /// How many virtual functions a physical one has; `nil` for one that has none.
  mutating func readVirtualFunctions(_ folder: AttributeFolder) -> VirtualFunctionState? {
    let count = decimal("sriov_totalvfs", folder)
    hasTotal = count != nil
    guard let count, let total = UInt16(exactly: count),
      let enabled = decimal("sriov_numvfs", folder), let enabled = UInt16(exactly: enabled)
    else { return nil }
    return VirtualFunctionState(
      total: total, enabled: enabled, lacksWindows: enabled == 0 && lacksVirtualWindows)
  }

  /// Records that the kernel enabled the memory BARs.
  ///
  /// `enable` counts the drivers' calls of `pci_enable_device` and its kin, of
  /// which only `pci_enable_device_io` leaves memory alone and no function with
  /// memory BARs uses that; `pci_enable_device_mem` leaves I/O alone. A count
  /// of zero tells nothing: the firmware may have enabled the BARs.
  private func markEnabled(_ function: inout Function) {
    for index in function.baseAddressRegisters.indices {
      let bar = function.baseAddressRegisters[index]
      if bar.isEnabled == nil, bar.isMemory, bar.address != nil {
        function.baseAddressRegisters[index].isEnabled = true
      }
    }
  }

  private mutating func readResetMethods(
    _ function: inout Function, _ folder: AttributeFolder
  ) {
    guard let methods = line("reset_method", folder) else {
      // Whether that means "none" depends on the kernel: settled after the scan.
      let hasReset = !listsResetMethods && folder.has("reset")
      noteAbsence(hasReset ? .resetMethodOnly : .resetMethodAndReset, function.address)
      return
    }
    function.resetMethods = methods.split(separator: " ").map {
      ResetMethod(rawValue: String($0))
    }
  }
}
