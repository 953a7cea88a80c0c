// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// Shell lines that change a function's driver through sysfs, by address.
///
/// `driver_override` names one function; an id written to the driver would
/// take every twin (drivers/pci/pci-driver.c). A probe succeeds even when no
/// driver takes the function, so the link is read afterwards.
enum SysfsBinding {
  /// Where a function is in sysfs.
  static func folder(_ address: FunctionAddress) -> String {
    "/sys/bus/pci/devices/\(address.linuxName)"
  }

  /// One line that gives a function to vfio-pci if its ids are the ones meant.
  static func bindLine(_ function: Function) -> String {
    let folder = folder(function.address)
    let vendor = function.identity.vendorID.hexadecimal(width: 4)
    let device = function.identity.deviceID.hexadecimal(width: 4)
    return "d=\(folder);"
      + " grep -qix 0x\(vendor) $d/vendor && grep -qix 0x\(device) $d/device || exit 1;"
      + " echo vfio-pci >$d/driver_override;"
      + " [ ! -e $d/driver ] || echo \(function.address.linuxName) >$d/driver/unbind;"
      + " echo \(function.address.linuxName) >/sys/bus/pci/drivers_probe;"
      + " [ -e /sys/bus/pci/drivers/vfio-pci/\(function.address.linuxName) ]"
  }

  /// One line that gives a function back to its own driver.
  static func releaseLine(_ address: FunctionAddress) -> String {
    let folder = folder(address)
    return "d=\(folder); echo >$d/driver_override;"
      + " [ ! -e $d/driver ] || echo \(address.linuxName) >$d/driver/unbind;"
      + " echo \(address.linuxName) >/sys/bus/pci/drivers_probe"
  }

  /// `releaseLine` for each function.
  static func releaseLines(_ functions: [Function]) -> [String] {
    functions.map { releaseLine($0.address) }
  }
}
