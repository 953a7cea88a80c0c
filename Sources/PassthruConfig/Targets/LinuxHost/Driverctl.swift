// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// Commands for driverctl(8): now and at each boot, by address.
enum Driverctl: ReversibleTarget {
  static let name = "driverctl"
  static let summary = "driverctl commands: vfio-pci now and at each boot, by address"
  static let platform = TargetPlatform.linux
  static let namesGuest = false

  static func emit(
    _ request: ConfigurationRequest
  ) throws(ConfigurationError) -> ConfigurationDocument {
    let functions = try request.checkedFunctions()
    let lines = functions.map { "driverctl set-override \($0.address.linuxName) vfio-pci" }
    var document = ConfigurationDocument(text: text(lines))
    document.warnings.append(
      "driverctl acts after the root file system is mounted: too late for a display or a disk"
        + " controller whose driver is in the initramfs")
    return document
  }

  static func undo(_ request: ConfigurationRequest, _ functions: [Function]) -> [String] {
    functions.map { "driverctl unset-override \($0.address.linuxName)" }
  }
}
