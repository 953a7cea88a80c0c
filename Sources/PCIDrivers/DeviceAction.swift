// SPDX-License-Identifier: Apache-2.0

public import PCI

/// One thing that the kernel is told to do with its devices.
///
/// Linux is told by a write to one file of sysfs
/// (Documentation/ABI/testing/sysfs-bus-pci), FreeBSD by one call of devctl(3).
/// None touches more than it names: `new_id`, which takes every device of a
/// kind, is not here.
public enum DeviceAction: Hashable, Sendable {
  /// Load a module, where the kernel has no driver of its yet.
  ///
  /// On Linux a driver's and named as it; on FreeBSD a file: `vmm` brings ppt.
  case loadModule(String)
  /// Name the only driver that may take a function, or none (`driver_override`).
  case override(FunctionAddress, driver: String?)
  /// Take a function from the driver that holds it (`unbind`).
  case unbind(FunctionAddress, driver: String)
  /// Let the kernel look for a function's driver (`drivers_probe`).
  ///
  /// The kernel reports success where no driver took it: read the driver back.
  case probe(FunctionAddress)
  /// Give a function to a driver of FreeBSD, taking it from the present one.
  case setDriver(FunctionAddress, driver: String)
  /// Let FreeBSD choose a function's driver again.
  case clearDriver(FunctionAddress)
  /// Take a function from its driver on FreeBSD.
  case detach(FunctionAddress)
  /// Choose how a function is reset (`reset_method`); the kernel's own order where empty.
  case resetMethods(FunctionAddress, [ResetMethod])
  /// Reset a function.
  case reset(FunctionAddress)
  /// Take a function out of the kernel's tree, as if it had been unplugged.
  case remove(FunctionAddress)
  /// Look for functions that were added or taken out.
  case rescan
  /// Set the number of virtual functions (`sriov_numvfs`).
  case virtualFunctions(FunctionAddress, count: UInt16)

  /// The function it is about; `nil` where it is about the bus.
  public var address: FunctionAddress? {
    switch self {
    case .loadModule, .rescan: nil
    case .override(let address, _), .unbind(let address, _), .probe(let address),
      .setDriver(let address, _), .clearDriver(let address), .detach(let address),
      .resetMethods(let address, _), .reset(let address), .remove(let address),
      .virtualFunctions(let address, _):
      address
    }
  }

  /// The command line that does the same, for a person to read or to type as root.
  public var commandLine: String {
    let devices = "/sys/bus/pci/devices/"
    switch self {
    case .loadModule(let name): return "modprobe " + name.shellQuoted
    case .override(let address, let driver):
      // The kernel takes an empty line as "no override" (drivers/base/driver.c).
      return "echo " + (driver ?? "").shellQuoted + " > " + devices + address.description
        + "/driver_override"
    case .unbind(let address, let driver):
      return "echo " + address.description + " > "
        + "/sys/bus/pci/drivers/\(driver)/unbind".shellQuoted
    case .probe(let address):
      return "echo " + address.description + " > /sys/bus/pci/drivers_probe"
    case .setDriver(let address, let driver):
      return "devctl set driver -f " + address.devctlName + " " + driver.shellQuoted
    case .clearDriver(let address): return "devctl clear driver -f " + address.devctlName
    case .detach(let address): return "devctl detach -f " + address.devctlName
    case .resetMethods(let address, let methods):
      return "echo '" + Self.text(of: methods) + "' > " + devices + address.description
        + "/reset_method"
    case .reset(let address):
      return "echo 1 > " + devices + address.description + "/reset"
    case .remove(let address):
      return "echo 1 > " + devices + address.description + "/remove"
    case .rescan: return "echo 1 > /sys/bus/pci/rescan"
    case .virtualFunctions(let address, let count):
      return "echo \(count) > " + devices + address.description + "/sriov_numvfs"
    }
  }

  /// The command line on a system that is told so: some actions are both systems'.
  public func commandLine(through interface: DriverInterface) -> String {
    guard interface == .devctl else { return commandLine }
    return switch self {
    case .loadModule(let name): "kldload " + name.shellQuoted
    case .reset(let address): "devctl reset " + address.devctlName
    case .remove(let address): "devctl delete -f " + address.devctlName
    // Each bus is asked: pci0 and those behind bridges.
    case .rescan: "devctl rescan pci0, and every other bus"
    default: commandLine
    }
  }

  /// Ways to reset, as the kernel takes them.
  package static func text(of methods: [ResetMethod]) -> String {
    methods.isEmpty ? "default" : methods.map { $0.rawValue }.joined(separator: " ")
  }
}

extension FunctionAddress {
  /// The name by which devctl(8) finds a function: `pci0:10:0:1`, numbers decimal.
  public var devctlName: String { "pci\(domain):\(bus):\(device):\(function)" }
}
