// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// dracut.conf(5): vfio-pci in the initramfs, loaded before other drivers.
enum Dracut: ReversibleTarget {
  static let name = "dracut"
  static let summary = "dracut.conf.d file: vfio-pci early in the initramfs"
  static let platform = TargetPlatform.linux

  static func path(of guest: String) -> String { "/etc/dracut.conf.d/10-passthru-\(guest).conf" }

  static func emit(
    _ request: ConfigurationRequest
  ) throws(ConfigurationError) -> ConfigurationDocument {
    _ = try request.checkedFunctions()
    // The spaces inside the quotes part the value from what other files add.
    return ConfigurationDocument(
      text: "force_drivers+=\" vfio_pci vfio vfio_iommu_type1 \"\n",
      path: path(of: request.guest), losses: [EarlyModules.loss],
      warnings: ["then dracut -f"])
  }

  static func undo(_ request: ConfigurationRequest, _ functions: [Function]) -> [String] {
    ["rm \(path(of: request.guest))", "dracut -f", "reboot"]
  }
}

/// What files that only load modules early have in common.
enum EarlyModules {
  /// They name no device.
  static let loss =
    "this loads vfio-pci early and names no device: the modprobe target's file says which"
}
