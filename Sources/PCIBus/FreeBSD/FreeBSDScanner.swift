// SPDX-License-Identifier: Apache-2.0

internal import PCI
package import PCIHost

/// Makes a `Machine` of what a FreeBSD kernel answers.
///
/// The rules are the same for the running kernel and for a recorded one.
package struct FreeBSDScanner<Kernel: FreeBSDKernel> {
  /// The kernel that is asked.
  package let kernel: Kernel

  /// Asks a kernel.
  package init(_ kernel: Kernel) { self.kernel = kernel }

  /// Lists every function with what the options name.
  package func scan(_ options: ScanOptions) throws(KernelError) -> Machine {
    let listed = try kernel.functions()
    var host = Machine(
      source: Source(kind: .devpci, location: "/dev/pci"),
      system: OperatingSystem(family: .freebsd))
    // The list is in the order in which the buses were scanned.
    host.isInKernelOrder = true
    host.functions.reserveCapacity(listed.count)
    var vanished: [FunctionAddress] = []
    for entry in listed {
      guard
        let address = FunctionAddress(
          domain: entry.domain, bus: entry.bus, device: entry.device,
          function: entry.function)
      else {
        host.gaps.append(
          Gap(
            .host, "function",
            reason: "the kernel lists \(entry.selector), which no bus can have"))
        continue
      }
      var function = self.function(entry, at: address)
      if options.facts.contains(.baseAddressRegisters) {
        if !readBaseAddressRegisters(of: &function) { vanished.append(address) }
      }
      host.functions.append(function)
    }
    for address in vanished {
      host.gaps.append(
        Gap(
          .function(address), "baseAddressRegisters",
          reason: "the function vanished during the scan",
          remedy: "scan again"))
    }
    readSystem(into: &host)
    if options.facts.contains(.topology) { readTopology(into: &host) }
    if options.includesHostFacts {
      readFacts(into: &host)
      readIOMMU(into: &host)
      readDependencies(into: &host)
    }
    return host
  }

  private func function(_ entry: ListedFunction, at address: FunctionAddress) -> Function {
    // The kernel reports zeros for a bridge whose header has no such registers.
    let hasSubsystem =
      entry.headerType & 0x7f == 0 || entry.subsystemVendorID != 0 || entry.subsystemID != 0
    var function = Function(
      address: address,
      identity: Identity(
        vendorID: entry.vendorID, deviceID: entry.deviceID,
        subsystemVendorID: hasSubsystem ? entry.subsystemVendorID : nil,
        subsystemID: hasSubsystem ? entry.subsystemID : nil, revisionID: entry.revisionID))
    function.classCode = ClassCode(rawValue: entry.classCode)
    function.headerType = HeaderType(rawValue: entry.headerType)
    // A name that is set and not attached is no driver; where the kernel does not
    // say so, the name counts.
    function.driver =
      entry.driver.isEmpty || kernel.isAttached(address) == false
      ? nil : DriverBinding(name: entry.driver, unit: Int(exactly: entry.unit))
    function.numaNode = entry.numaDomain.map { Int($0) }
    if function.headerType == .endpoint { function.recordAbsence(of: .bridge) }
    if let buses = entry.buses {
      function.bridge = BridgeBuses(
        primary: nil, secondary: buses.secondary, subordinate: buses.subordinate)
    }
    return function
  }

  /// Reads the BARs of a function; whether the function was still there.
  private func readBaseAddressRegisters(of function: inout Function) -> Bool {
    let count = function.headerType?.baseAddressRegisterCount ?? 0
    function.baseAddressRegisters = []
    var index = 0
    while index < count {
      let bar: ListedBaseAddressRegister
      do {
        bar = try kernel.baseAddressRegister(of: function.address, at: 0x10 + 4 * index)
      } catch {
        guard error.number != KernelError.noDevice else { return false }
        // EINVAL: no BAR here.
        index += 1
        continue
      }
      let register = bar.register(index: UInt8(index))
      function.baseAddressRegisters.append(register)
      index += register.kind == .memory64 ? 2 : 1
    }
    return true
  }
}
