// SPDX-License-Identifier: Apache-2.0

public import PCI

/// A kernel that can be told to do things with its devices.
///
/// `PCIBus` has one for Linux's sysfs and one for FreeBSD's devctl(3); tests
/// have one that plays a kernel.
public protocol DeviceControl {
  /// Which steps the kernel needs for a change of drivers.
  var interface: DriverInterface { get }
  /// What tells one run of the kernel from the next; `nil` where it says nothing.
  var bootIdentifier: String? { get }
  /// Milliseconds of a clock that never goes back, from any moment.
  var milliseconds: Int64 { get }

  /// What the kernel says of a function right now.
  func state(of address: FunctionAddress) throws(DeviceControlError) -> DeviceState
  /// Whether the kernel has a driver of that name.
  func hasDriver(_ name: String) -> Bool
  /// Does one thing; returns when the kernel has done it, however long it takes.
  mutating func perform(_ action: DeviceAction) throws(DeviceControlError)
}
