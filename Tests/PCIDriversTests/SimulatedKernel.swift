// SPDX-License-Identifier: Apache-2.0

import PCI
import PCIDrivers
import PCIHost

/// A kernel of Linux or FreeBSD that plays what theirs do with drivers.
///
/// The rules are those of drivers/base/{bus,dd}.c and drivers/pci/pci-driver.c
/// (Linux 6.12), and of sys/kern/subr_bus.c (FreeBSD 15): a probe succeeds
/// whoever takes the function, an override shuts all others out, an unbind by a
/// driver that does not hold the function is ENODEV.
struct SimulatedKernel: DeviceControl, Hashable {
  struct Device: Hashable {
    var state: DeviceState
    /// The driver whose ids match it, which takes it on a probe.
    var native: String?
    /// The driver set by name on FreeBSD, which the list names though it let go.
    var fixed: String?
  }

  var devices: [FunctionAddress: Device] = [:]
  var drivers: Set<String> = []
  /// Drivers that are named by an override and then do not take the function.
  var refusing: Set<String> = []
  /// Actions that fail with an error of the kernel.
  var failing: [DeviceAction: DeviceControlError] = [:]
  /// Actions that take so many milliseconds.
  var slow: [DeviceAction: Int64] = [:]
  /// What was done, in order.
  var done: [DeviceAction] = []
  var interface: DriverInterface
  var bootIdentifier: String? = "first boot"
  var milliseconds: Int64 = 0
  /// Units that other functions have, for FreeBSD.
  var takenUnits: [String: Set<Int>] = [:]

  init(_ interface: DriverInterface = .sysfs) { self.interface = interface }

  func state(of address: FunctionAddress) throws(DeviceControlError) -> DeviceState {
    guard let device = devices[address] else {
      throw DeviceControlError("there is no \(address)", errorNumber: 2)
    }
    return device.state
  }

  func hasDriver(_ name: String) -> Bool { drivers.contains(name) }

  mutating func perform(_ action: DeviceAction) throws(DeviceControlError) {
    done.append(action)
    milliseconds += slow[action] ?? 1
    if let error = failing[action] { throw error }
    switch action {
    case .loadModule(let name): drivers.insert(name)
    case .override(let address, let driver): devices[address]?.state.override = driver
    case .unbind(let address, let driver):
      guard devices[address]?.state.driver?.name == driver else {
        throw DeviceControlError("no such device", errorNumber: 19)
      }
      devices[address]?.state.driver = nil
    case .probe(let address):
      guard let device = devices[address], device.state.driver == nil else { return }
      let taker = device.state.override ?? device.native
      guard let taker, drivers.contains(taker), !refusing.contains(taker) else { return }
      devices[address]?.state.driver = DriverBinding(name: taker)
    case .setDriver(let address, let driver):
      guard drivers.contains(driver) else {
        throw DeviceControlError("no such driver", errorNumber: 2)
      }
      // Asked for the driver whose name it has, the kernel does nothing.
      if devices[address]?.fixed == driver || devices[address]?.state.driver?.name == driver {
        return
      }
      devices[address]?.state.driver = nil
      devices[address]?.fixed = driver
      if !refusing.contains(driver) { attach(address, driver) }
    case .clearDriver(let address):
      guard devices[address]?.fixed != nil else { return }
      devices[address]?.state.driver = nil
      devices[address]?.fixed = nil
      if let native = devices[address]?.native, !refusing.contains(native) {
        attach(address, native)
      }
    case .detach(let address): devices[address]?.state.driver = nil
    case .resetMethods, .reset, .remove, .rescan, .virtualFunctions: return
    }
  }

  private mutating func attach(_ address: FunctionAddress, _ driver: String) {
    var taken = takenUnits[driver, default: []]
    for device in devices.values where device.state.driver?.name == driver {
      if let unit = device.state.driver?.unit { taken.insert(unit) }
    }
    // The lowest that is free (`devclass_alloc_unit`).
    let unit = (0...taken.count).first { !taken.contains($0) }
    devices[address]?.state.driver = DriverBinding(name: driver, unit: unit)
  }
}
