// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// mkinitcpio.conf(5): vfio-pci in Arch's initramfs, before graphics drivers.
enum Mkinitcpio: ReversibleTarget {
  static let name = "mkinitcpio"
  static let summary = "mkinitcpio.conf.d file: vfio-pci early in the initramfs"
  static let platform = TargetPlatform.linux

  static func path(of guest: String) -> String { "/etc/mkinitcpio.conf.d/passthru-\(guest).conf" }

  static func emit(
    _ request: ConfigurationRequest
  ) throws(ConfigurationError) -> ConfigurationDocument {
    _ = try request.checkedFunctions()
    return ConfigurationDocument(
      text: "MODULES=(vfio_pci vfio vfio_iommu_type1 \"${MODULES[@]}\")\n",
      path: path(of: request.guest), losses: [EarlyModules.loss],
      warnings: ["then mkinitcpio -P; the hook modconf must be among HOOKS"])
  }

  static func undo(_ request: ConfigurationRequest, _ functions: [Function]) -> [String] {
    ["rm \(path(of: request.guest))", "mkinitcpio -P", "reboot"]
  }
}
