// SPDX-License-Identifier: Apache-2.0

internal import PCI
package import PCIHost

extension FreeBSDScanner {
  /// Reads configuration space of the functions at these positions.
  ///
  /// Without privilege that is one gap of the host, and no read. A function
  /// that is gone is a gap of its own.
  package func readConfiguration(into host: inout Machine, of positions: [Int]) {
    if let refusal = kernel.configurationRefusal {
      host.gaps.append(refusedConfiguration(refusal))
      return
    }
    for position in positions where host.functions.indices.contains(position) {
      readConfiguration(of: &host.functions[position], gaps: &host.gaps)
    }
    host.deriveVirtualFunctions()
  }

  private func refusedConfiguration(_ refusal: KernelError) -> Gap {
    let level = kernel.number("kern.securelevel") ?? 0
    if refusal.number == KernelError.notPermitted, level > 0 {
      return Gap(
        .host, "configuration",
        reason: "kern.securelevel is \(level), which forbids reading configuration space",
        remedy: "record with kern_securelevel_enable=\"NO\" in rc.conf, after a reboot")
    }
    return Gap(
      .host, "configuration",
      reason: "/dev/pci opens for listing only: \(refusal.reason)",
      remedy: "run as root to read capabilities")
  }

  private func readConfiguration(of function: inout Function, gaps: inout [Gap]) {
    let size = ConfigurationSpace.conventionalSize
    var (bytes, error) = kernel.configuration(of: function.address, length: size)
    if error == nil {
      let conventional = ConfigurationSpace(bytes)
      // Past 256 bytes the kernel answers all ones where there is nothing, or
      // where the platform has no memory-mapped configuration space.
      if conventional.capabilityList.entries.contains(where: { $0.id == PCIExpress.id }),
        let first = try? kernel.doubleWord(of: function.address, at: size),
        first != 0xffff_ffff
      {
        (bytes, error) = kernel.configuration(
          of: function.address, length: ConfigurationSpace.extendedSize)
      }
    }
    if let error {
      gaps.append(
        Gap(
          .function(function.address), "configuration",
          reason: error.number == KernelError.noDevice
            ? "the function vanished during the scan"
            : "read \(bytes.count) bytes: \(error.call): \(error.reason)",
          remedy: "scan again"))
    }
    guard !bytes.isEmpty else { return }
    let configuration = ConfigurationSpace(bytes)
    function.configuration = configuration
    if let header = configuration.byte(at: 0x0e), header != 0xff {
      function.isMultiFunction = header & 0x80 != 0
    }
    if let buses = configuration.bridgeBuses { function.bridge = buses }
    // What the kernel believes is not told; PMCSR is the function's own word.
    if let power = configuration[PowerManagement.self] {
      // D3 that answers is D3hot: in D3cold nothing does.
      function.powerState = PowerState(rawValue: UInt8(power.powerState))
    }
    if let rom = configuration.expansionROM,
      !function.baseAddressRegisters.contains(where: { $0.kind == .expansionROM })
    {
      function.baseAddressRegisters.append(rom)
    }
  }
}
