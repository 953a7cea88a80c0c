// SPDX-License-Identifier: Apache-2.0

internal import CDevPCI
public import PCI
public import PCIDrivers

/// FreeBSD's kernel, told through /dev/devctl2 as devctl(8) tells it.
///
/// Needs root, and a host: in a jail there is no such device. Every action is
/// one request and returns when the kernel is done, however long a driver takes
/// to let go. No other device's unit changes.
public struct DevctlControl: DeviceControl, Sendable {
  private let kernel: LiveKernel

  /// Opens /dev/pci, which says how things stand.
  ///
  /// Throws `ScanError` as `DevPCIScanner` does: on other systems always.
  public init() throws(ScanError) {
    do {
      kernel = try LiveKernel()
    } catch {
      throw ScanError(error)
    }
  }

  /// FreeBSD's way: one request.
  public var interface: DriverInterface { .devctl }

  /// The random number that the kernel drew after it started (`kern.boot_id`).
  ///
  /// FreeBSD 13 and later; `nil` on 12. `kern.boottime` is no substitute: it moves
  /// whenever the clock is set (sys/kern/kern_tc.c, `tc_setclock`), and a journal
  /// must not be dropped for that.
  public var bootIdentifier: String? {
    guard let bytes = kernel.sysctl("kern.boot_id"), !bytes.isEmpty else { return nil }
    return bytes.map { $0.hexadecimal(width: 2) }.joined()
  }

  /// Milliseconds since the machine was started.
  public var milliseconds: Int64 { devpci_milliseconds() }

  private func listed(
    _ address: FunctionAddress
  ) throws(DeviceControlError) -> ListedFunction {
    let functions: [ListedFunction]
    do throws(KernelError) {
      functions = try kernel.functions()
    } catch {
      throw DeviceControlError(
        "\(error.call): \(error.reason)", remedy: "run on the host itself, as root",
        errorNumber: error.number)
    }
    let found = functions.first {
      $0.domain == address.domain && $0.bus == address.bus && $0.device == address.device
        && $0.function == address.function
    }
    guard let found else {
      throw DeviceControlError(
        "there is no \(address)",
        remedy: "it was deleted or unplugged; passthru list shows what there is",
        errorNumber: KernelError.noEntry)
    }
    return found
  }

  /// Reads a function's ids and its driver.
  ///
  /// A driver that was set by name and did not take the function is none, though
  /// the list names it; above securelevel 0 the kernel does not tell them apart.
  public func state(of address: FunctionAddress) throws(DeviceControlError) -> DeviceState {
    let entry = try listed(address)
    var state = DeviceState(vendorID: entry.vendorID, deviceID: entry.deviceID)
    if !entry.driver.isEmpty, kernel.isAttached(address) != false {
      state.driver = DriverBinding(name: entry.driver, unit: Int(exactly: entry.unit))
    }
    return state
  }

  /// Whether the kernel has a driver of that name for the PCI bus, built in or loaded.
  public func hasDriver(_ name: String) -> Bool {
    var has: Int32 = 0
    let status = unsafe devpci_has_driver(name, &has)
    return status.number == 0 && has != 0
  }

  /// Does one thing.
  public mutating func perform(_ action: DeviceAction) throws(DeviceControlError) {
    let status: devpci_status
    switch action {
    case .loadModule(let name): status = unsafe devpci_load_module(name)
    case .setDriver(let address, let driver): status = try setDriver(address, driver)
    case .clearDriver(let address):
      status = unsafe devpci_clear_driver(address.devctlName, 1)
      // ENXIO: it is cleared, and no driver wants the device. The kernel says so
      // of a device that had none before as well.
      if status.number == KernelError.noAddress { return }
    case .detach(let address): status = unsafe devpci_detach(address.devctlName, 1)
    case .reset(let address): status = unsafe devpci_reset(address.devctlName, 0)
    case .remove(let address): status = unsafe devpci_delete(address.devctlName, 1)
    case .rescan:
      try rescan()
      return
    case .override, .unbind, .probe, .resetMethods, .virtualFunctions:
      throw DeviceControlError("FreeBSD has no sysfs: \(action.commandLine)")
    }
    guard status.number == 0 else { throw failure(of: action, status) }
  }

  private func setDriver(
    _ address: FunctionAddress, _ driver: String
  ) throws(DeviceControlError) -> devpci_status {
    // A device that has the name already is left as it is, attached or not.
    if try listed(address).driver == driver, kernel.isAttached(address) == false {
      return unsafe devpci_attach(address.devctlName)
    }
    return unsafe devpci_set_driver(address.devctlName, driver, 1)
  }

  /// Asks every bus for new devices.
  ///
  /// The buses' units are not those of their numbers: the lowest free one each, so
  /// that there are none above the number of bridges, roots included, that ever
  /// were there at once.
  private func rescan() throws(DeviceControlError) {
    var found = 0
    for unit in 0..<1024 {
      let status = unsafe devpci_rescan("pci\(unit)")
      switch status.number {
      case 0: found += 1
      case KernelError.noEntry where status.call == Int32(DEVPCI_CALL_RESCAN.rawValue): continue
      // A bus that is not attached, as behind a bridge without a driver.
      case KernelError.noAddress: continue
      default: throw failure(of: .rescan, status)
      }
    }
    guard found > 0 else {
      throw DeviceControlError(
        "the kernel has no PCI bus that can be scanned again",
        errorNumber: KernelError.noEntry)
    }
  }

  /// What a refusal means, and what to do.
  private func failure(of action: DeviceAction, _ status: devpci_status) -> DeviceControlError {
    let error = LiveKernel.error(status)
    let words = DevctlRefusal(
      action, error, holder: holder(of: action.address),
      isThere: action.address.map { (try? listed($0)) != nil } ?? true)
    return DeviceControlError(
      words.message, remedy: words.remedy, errorNumber: error.number)
  }

  private func holder(of address: FunctionAddress?) -> String? {
    guard let address else { return nil }
    return (try? state(of: address))?.driver?.description
  }
}
