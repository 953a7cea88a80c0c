// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// FreeBSD's device tree as far as sysctls show it: who is whose parent.
///
/// `dev.DRIVER.UNIT.%parent` is there for every attached device and needs no
/// privilege (sys/kern/subr_bus.c, `device_sysctl_handler`).
struct DeviceTree<Kernel: FreeBSDKernel> {
  private let kernel: Kernel
  /// The functions by the device that their driver made: `em0`.
  private let functions: [String: FunctionAddress]

  init(_ kernel: Kernel, functions: [Function]) {
    self.kernel = kernel
    var named: [String: FunctionAddress] = [:]
    for function in functions {
      if let driver = function.driver, driver.unit != nil {
        named[driver.description] = function.address
      }
    }
    self.functions = named
  }

  /// The function whose driver made a device of that name.
  func function(named name: String) -> FunctionAddress? { functions[name] }

  /// A sysctl below `dev.DRIVER.UNIT` of a device.
  func value(_ leaf: String, of device: String) -> String? {
    guard let name = DeviceName(device) else { return nil }
    return kernel.text("dev.\(name.driver).\(name.unit).\(leaf)")
  }

  /// The device above one; `nil` at the root and where there is no such device.
  func parent(of device: String) -> String? {
    guard let parent = value("%parent", of: device), !parent.isEmpty else { return nil }
    return parent
  }

  /// The way from a device up to the function it hangs on.
  ///
  /// `chain` has the device first and the function's own device last.
  func path(from device: String) -> (chain: [String], function: FunctionAddress)? {
    var chain: [String] = []
    var current = device
    // No tree is as deep: a bound for one that is a loop.
    while chain.count < 32 {
      chain.append(current)
      if let function = functions[current] { return (chain, function) }
      guard let parent = parent(of: current) else { return nil }
      current = parent
    }
    return nil
  }

  /// The bridge that a function is right below, as the tree tells.
  ///
  /// A function's parent is a `pci` bus, whose parent is the bridge; a root
  /// bus's bridge is not a PCI function and has no `dbsf=` in its location.
  func upstream(of function: Function) -> Upstream {
    guard let driver = function.driver, driver.unit != nil,
      let bus = parent(of: driver.description), let bridge = parent(of: bus)
    else { return .unknown }
    if let address = functions[bridge] { return .bridge(address) }
    guard let location = value("%location", of: bridge) else { return .unknown }
    if let address = Self.selector(in: location) { return .bridge(address) }
    return .rootBus(function.address.busAddress)
  }

  /// The address in a location such as `slot=0 function=1 dbsf=pci0:1:0:1`.
  static func selector(in location: String) -> FunctionAddress? {
    for word in location.utf8.split(separator: UInt8(ascii: " ")) {
      let prefix = "dbsf=pci".utf8
      guard word.starts(with: prefix) else { continue }
      let numbers = displayText(word.dropFirst(prefix.count))
      return FunctionAddress(freeBSDNumbers: numbers)
    }
    return nil
  }
}
