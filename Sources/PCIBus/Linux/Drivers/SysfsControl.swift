// SPDX-License-Identifier: Apache-2.0

public import PCI
public import PCIDrivers

/// Linux's kernel, told through the files of sysfs.
///
/// Needs root. Every action is one write to one file, and the write returns
/// when the kernel is done: an unbind waits for the driver to let go.
public struct SysfsControl: DeviceControl {
  private let root: String
  private let bootIdentifierPath: String

  /// Names the sysfs.
  ///
  /// - Parameter root: Where sysfs is mounted; `/sys` but in tests.
  public init(root: String = "/sys") {
    self.root = root
    bootIdentifierPath =
      root == "/sys" ? "/proc/sys/kernel/random" : root + "/../proc/sys/kernel/random"
  }

  /// Linux's way: override, unbind, probe.
  public var interface: DriverInterface { .sysfs }

  /// What the kernel calls this boot (`/proc/sys/kernel/random/boot_id`).
  public var bootIdentifier: String? {
    Directory.openOrNone(bootIdentifierPath).text("boot_id")
  }

  /// Milliseconds since the machine was started.
  public var milliseconds: Int64 { monotonicMilliseconds() }

  private func path(of address: FunctionAddress) -> String {
    root + "/bus/pci/devices/" + address.description
  }

  /// Reads a function's ids, its driver and its override.
  public func state(of address: FunctionAddress) throws(DeviceControlError) -> DeviceState {
    let path = path(of: address)
    let directory: Directory
    do throws(ErrorNumber) {
      directory = try Directory.open(path)
    } catch {
      throw DeviceControlError(
        "there is no \(address): \(error.reason)",
        remedy: "it was removed or unplugged; passthru list shows what there is",
        errorNumber: error.rawValue)
    }
    guard let vendor = directory.number("vendor"), let device = directory.number("device") else {
      throw DeviceControlError("\(path) has no vendor and device")
    }
    var state = DeviceState(vendorID: vendor, deviceID: device)
    var buffer = ReadBuffer()
    switch directory.readLink("driver", into: &buffer) {
    case .read:
      if let name = buffer.copy.split(separator: UInt8(ascii: "/")).last {
        state.driver = DriverBinding(name: displayText(name))
      }
    case .absent: break
    case .failed(let error):
      throw DeviceControlError(
        "\(path)/driver: \(error.reason)", errorNumber: error.rawValue)
    }
    if let name = directory.text("driver_override"), name != "(null)" { state.override = name }
    return state
  }

  /// Whether a driver of that name is registered for PCI.
  public func hasDriver(_ name: String) -> Bool { exists(root + "/bus/pci/drivers/" + name) }

  /// How many virtual functions a function has now; `nil` where it can have none.
  public func virtualFunctionCount(of address: FunctionAddress) -> UInt16? {
    Directory.openOrNone(path(of: address)).text("sriov_numvfs").flatMap { UInt16($0) }
  }

  /// Does one thing.
  public mutating func perform(_ action: DeviceAction) throws(DeviceControlError) {
    switch action {
    case .loadModule(let name): try loadModule(name)
    case .override(let address, let driver):
      try write("driver_override", of: address, (driver ?? "") + "\n", action)
    case .unbind(let address, let driver):
      try write(root + "/bus/pci/drivers/" + driver + "/unbind", address.description, action)
    case .probe(let address):
      try write(root + "/bus/pci/drivers_probe", address.description, action)
    case .resetMethods(let address, let methods):
      try write("reset_method", of: address, DeviceAction.text(of: methods), action)
    case .reset(let address): try write("reset", of: address, "1", action)
    case .remove(let address): try write("remove", of: address, "1", action)
    case .rescan: try write(root + "/bus/pci/rescan", "1", action)
    case .virtualFunctions(let address, let count):
      try write("sriov_numvfs", of: address, String(count), action)
    case .setDriver, .clearDriver, .detach:
      throw DeviceControlError("Linux has no devctl: \(action.commandLine)")
    }
  }

  private func write(
    _ attribute: String, of address: FunctionAddress, _ text: String, _ action: DeviceAction
  ) throws(DeviceControlError) {
    try write(path(of: address) + "/" + attribute, text, action)
  }

  private func write(
    _ path: String, _ text: String, _ action: DeviceAction
  ) throws(DeviceControlError) {
    do throws(ErrorNumber) {
      try writeAttribute(path, text)
    } catch {
      throw DeviceControlError(
        "\(path): \(error.controlReason)", remedy: error.controlRemedy(action),
        errorNumber: error.rawValue)
    }
  }

  private func loadModule(_ name: String) throws(DeviceControlError) {
    if hasDriver(name) { return }
    // Where Debian, Fedora, Arch and busybox have it.
    let places = ["/sbin/modprobe", "/usr/sbin/modprobe", "/bin/modprobe", "/usr/bin/modprobe"]
    guard let program = places.first(where: { exists($0) }) else {
      throw DeviceControlError(
        "the kernel has no driver \(name), and there is no modprobe to load it",
        remedy: "load the module \(name)")
    }
    let status: Int32
    do throws(ErrorNumber) {
      status = try run(program, ["--", name])
    } catch {
      throw DeviceControlError("\(program): \(error.reason)", errorNumber: error.rawValue)
    }
    guard status == 0, hasDriver(name) else {
      throw DeviceControlError(
        "modprobe \(name) ended with status \(status), and the kernel has no such driver",
        remedy: "see whether the kernel was built with it: modinfo \(name)")
    }
  }
}

extension Directory {
  /// The first line of an attribute; `nil` where it is absent or empty.
  borrowing fileprivate func text(_ name: StaticString) -> String? {
    var buffer = ReadBuffer()
    guard read(name, into: &buffer) == .read else { return nil }
    let text = displayText(buffer.copy.prefix { $0 != 0x0a && $0 != 0 })
    return text.isEmpty ? nil : text
  }

  /// A number of an attribute that is written `0x8086`.
  borrowing fileprivate func number(_ name: StaticString) -> UInt16? {
    guard let text = text(name), text.hasPrefix("0x") else { return nil }
    return UInt16(text.dropFirst(2), radix: 16)
  }
}

extension ErrorNumber {
  /// What a failed write says, in words that fit a write.
  fileprivate var controlReason: String {
    switch rawValue {
    case 16: "the device is busy (EBUSY)"
    case 22: "the driver or the kernel does not take it (EINVAL)"
    case 25: "the device cannot do that (ENOTTY)"
    case 34: "the number is out of range (ERANGE)"
    case 12: "the kernel has not enough memory or bus numbers for it (ENOMEM)"
    default: reason
    }
  }

  /// What to do where a write failed.
  fileprivate func controlRemedy(_ action: DeviceAction) -> String? {
    switch (self, action) {
    case (.accessDenied, _), (.notPermitted, _): "run as root"
    case (.noDevice, .unbind): "the driver has already released it: passthru list"
    case (.noEntry, .reset), (.noEntry, .resetMethods):
      "the kernel knows no way to reset it: passthru check --explain reset.none"
    case (.noEntry, .virtualFunctions): "it has no SR-IOV capability, or no driver that supports it"
    case (.noEntry, .unbind): "the driver is gone: passthru list shows who holds it"
    default: nil
    }
  }
}
