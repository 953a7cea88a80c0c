// SPDX-License-Identifier: Apache-2.0

internal import CDevPCI
internal import PCI

/// The kernel this program runs on, through the C shim.
///
/// /dev/pci is opened for writing where that is allowed, since FreeBSD takes a
/// read-only descriptor for a promise not to touch configuration space, from
/// root too (sys/dev/pci/pci_user.c, `pci_ioctl`); and read-only otherwise,
/// which is enough to list.
final class LiveKernel: FreeBSDKernel, Sendable {
  private let descriptor: Int32
  let configurationRefusal: KernelError?

  /// Opens /dev/pci.
  init() throws(KernelError) {
    var opened: Int32 = -1
    let writing = unsafe devpci_open(1, &opened)
    if writing.number == 0 {
      descriptor = opened
      configurationRefusal = nil
      return
    }
    let refusal = Self.error(writing)
    guard refusal.isRefusalOfPrivilege else { throw refusal }
    let reading = unsafe devpci_open(0, &opened)
    guard reading.number == 0 else { throw Self.error(reading) }
    descriptor = opened
    configurationRefusal = refusal
  }

  deinit { devpci_close(descriptor) }

  static func error(_ status: devpci_status) -> KernelError {
    let kind: KernelError.Kind =
      switch UInt32(bitPattern: status.call) {
      case DEVPCI_CALL_UNSUPPORTED.rawValue: .unsupported
      case DEVPCI_CALL_OPEN.rawValue: .open
      case DEVPCI_CALL_CONTROL_OPEN.rawValue: .openControl
      case DEVPCI_CALL_NO_KNOWN_LAYOUT.rawValue: .noKnownLayout
      case DEVPCI_CALL_LIST_UNSETTLED.rawValue: .unsettled
      default: .refused
      }
    return KernelError(
      kind, number: status.number, call: unsafe String(cString: devpci_call_name(status.call)))
  }

  func functions() throws(KernelError) -> [ListedFunction] {
    var list: UnsafeMutablePointer<devpci_function>? = nil
    var count: UInt32 = 0
    let status = unsafe devpci_list(descriptor, 0, &list, &count)
    defer { unsafe devpci_free(list) }
    guard status.number == 0 else { throw Self.error(status) }
    var functions: [ListedFunction] = []
    functions.reserveCapacity(Int(count))
    guard let list = unsafe list else { return [] }
    for index in 0..<Int(count) { functions.append(Self.listed(unsafe list[index])) }
    return functions
  }

  private static func listed(_ entry: devpci_function) -> ListedFunction {
    var function = ListedFunction(
      domain: entry.domain, bus: entry.bus, device: entry.device, function: entry.function,
      vendorID: entry.vendor, deviceID: entry.device_id)
    function.headerType = entry.header_type
    function.subsystemVendorID = entry.subvendor
    function.subsystemID = entry.subdevice
    function.classCode =
      UInt32(entry.base_class) << 16 | UInt32(entry.sub_class) << 8 | UInt32(entry.interface)
    function.revisionID = entry.revision
    function.unit = entry.unit
    if entry.has_buses != 0 {
      function.buses = ListedFunction.ReportedBuses(
        secondary: entry.secondary_bus, subordinate: entry.subordinate_bus)
    }
    if entry.has_numa_domain != 0 { function.numaDomain = entry.numa_domain }
    function.driver = unsafe withUnsafeBytes(of: entry.driver) { bytes in
      unsafe displayText(bytes.prefix { $0 != 0 })
    }
    return function
  }

  private static func shim(_ address: FunctionAddress) -> devpci_address {
    devpci_address(
      domain: address.domain, bus: address.bus, device: address.device,
      function: address.function)
  }

  func isAttached(_ address: FunctionAddress) -> Bool? {
    var answer: Int32 = 0
    let status = unsafe devpci_attached(descriptor, Self.shim(address), &answer)
    return status.number == 0 ? answer != 0 : nil
  }

  func configuration(
    of address: FunctionAddress, length: Int
  ) -> (bytes: [UInt8], error: KernelError?) {
    let wanted = min(max(length, 0), ConfigurationSpace.extendedSize) & ~3
    var status = devpci_status()
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: wanted) { buffer, count in
      var done: UInt32 = 0
      status = unsafe devpci_read_configuration(
        descriptor, Self.shim(address), buffer.baseAddress, UInt32(wanted), &done)
      count = min(Int(done), wanted)
    }
    return (bytes, status.number == 0 ? nil : Self.error(status))
  }

  func doubleWord(of address: FunctionAddress, at offset: Int) throws(KernelError) -> UInt32 {
    var value: UInt32 = 0
    let status = unsafe devpci_read(
      descriptor, Self.shim(address), Int32(truncatingIfNeeded: offset), 4, &value)
    guard status.number == 0 else { throw Self.error(status) }
    return value
  }

  func baseAddressRegister(of address: FunctionAddress, at offset: Int) throws(KernelError)
    -> ListedBaseAddressRegister
  {
    var bar = devpci_bar()
    let status = unsafe devpci_get_bar(
      descriptor, Self.shim(address), Int32(truncatingIfNeeded: offset), &bar)
    guard status.number == 0 else { throw Self.error(status) }
    return ListedBaseAddressRegister(
      base: bar.base, length: bar.length, isEnabled: bar.is_enabled != 0)
  }

  /// Copies what the shim allocated, and gives it back.
  private static func taken(
    _ ask: (UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>, UnsafeMutablePointer<Int>)
      -> devpci_status
  ) throws(KernelError) -> [UInt8] {
    var bytes: UnsafeMutablePointer<UInt8>? = nil
    var length = 0
    let status = unsafe ask(&bytes, &length)
    defer { unsafe devpci_free(bytes) }
    guard status.number == 0 else { throw error(status) }
    guard let bytes = unsafe bytes else { return [] }
    return unsafe [UInt8](UnsafeBufferPointer(start: bytes, count: length))
  }

  func sysctl(_ name: String) -> [UInt8]? {
    try? unsafe Self.taken { bytes, length in unsafe devpci_sysctl(name, bytes, length) }
  }

  func kernelEnvironment() -> [UInt8]? {
    try? unsafe Self.taken { bytes, length in unsafe devpci_kernel_environment(bytes, length) }
  }

  func mounts() -> [UInt8]? {
    try? unsafe Self.taken { bytes, length in unsafe devpci_mounts(bytes, length) }
  }

  func routes() -> [UInt8]? {
    try? unsafe Self.taken { bytes, length in unsafe devpci_routes(bytes, length) }
  }

  func interfaces() -> [UInt8]? {
    try? unsafe Self.taken { bytes, length in unsafe devpci_interfaces(bytes, length) }
  }

  func firmwareTable(_ signature: String) throws(KernelError) -> [UInt8] {
    guard signature.utf8.count == 4 else {
      throw KernelError(.refused, number: KernelError.invalid, call: "the ACPI tables")
    }
    return try unsafe Self.taken { bytes, length in
      unsafe devpci_acpi_table(signature, bytes, length)
    }
  }

  func file(_ path: String) -> [UInt8]? {
    var bytes: UnsafeMutablePointer<UInt8>? = nil
    var length = 0
    let number = unsafe devpci_read_file(path, 1 << 22, &bytes, &length)
    defer { unsafe devpci_free(bytes) }
    guard number == 0, let bytes = unsafe bytes else { return nil }
    return unsafe [UInt8](UnsafeBufferPointer(start: bytes, count: length))
  }

  /// The vital product data's elements, as the kernel lists them (PCIOCLISTVPD).
  func vitalProductData(of address: FunctionAddress) throws(KernelError) -> [UInt8] {
    try unsafe Self.taken { bytes, length in
      unsafe devpci_list_vpd(descriptor, Self.shim(address), bytes, length)
    }
  }
}
