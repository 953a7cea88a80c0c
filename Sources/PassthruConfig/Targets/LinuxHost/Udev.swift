// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// udev(7) rules: vfio-pci by address, and only if the ids still match.
enum Udev: ReversibleTarget {
  static let name = "udev"
  static let summary = "udev rules: vfio-pci by address, if the ids match"
  static let platform = TargetPlatform.linux
  static let namesIdentifiers = true

  static func path(of guest: String) -> String { "/etc/udev/rules.d/10-passthru-\(guest).rules" }

  static func emit(
    _ request: ConfigurationRequest
  ) throws(ConfigurationError) -> ConfigurationDocument {
    let functions = try request.checkedFunctions()
    let lines = functions.map { function in
      "ACTION==\"add\", SUBSYSTEM==\"pci\", KERNEL==\"\(function.address.linuxName)\","
        + " ATTR{vendor}==\"0x\(function.identity.vendorID.hexadecimal(width: 4))\","
        + " ATTR{device}==\"0x\(function.identity.deviceID.hexadecimal(width: 4))\","
        + " ATTR{driver_override}=\"vfio-pci\", RUN{builtin}+=\"kmod load vfio-pci\""
    }
    return ConfigurationDocument(
      text: text(lines), path: path(of: request.guest),
      warnings: [
        "it comes too late for a driver that is built in or in the initramfs: that one has the"
          + " device before udev runs"
      ])
  }

  static func undo(_ request: ConfigurationRequest, _ functions: [Function]) -> [String] {
    ["rm \(path(of: request.guest))", "udevadm control --reload"]
      + SysfsBinding.releaseLines(functions)
  }
}
