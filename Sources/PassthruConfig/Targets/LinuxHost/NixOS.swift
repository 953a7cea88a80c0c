// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// A NixOS module: kernel parameters, modules, and overrides by address.
enum NixOS: ReversibleTarget {
  static let name = "nixos"
  static let summary = "a NixOS module: vfio-pci by address, in the initramfs"
  static let platform = TargetPlatform.linux

  static func path(of guest: String) -> String { "/etc/nixos/passthru-\(guest).nix" }

  static func emit(
    _ request: ConfigurationRequest
  ) throws(ConfigurationError) -> ConfigurationDocument {
    let functions = try request.checkedFunctions()
    var losses: [String] = []
    let parameters = KernelCommandLine.parameters(request, functions, losses: &losses)
      .filter { !$0.hasPrefix("vfio-pci.ids=") }
    var lines = ["{ ... }:", "{"]
    if !parameters.isEmpty {
      lines.append(
        "  boot.kernelParams = [ "
          + parameters.map { "\"\($0)\"" }.joined(separator: " ") + " ];")
    }
    lines += [
      "  boot.initrd.kernelModules = [ \"vfio_pci\" \"vfio\" \"vfio_iommu_type1\" ];",
      "  boot.initrd.preDeviceCommands = ''",
    ]
    for function in functions {
      let folder = SysfsBinding.folder(function.address)
      let vendor = function.identity.vendorID.hexadecimal(width: 4)
      let device = function.identity.deviceID.hexadecimal(width: 4)
      lines += [
        "    d=\(folder)",
        "    if grep -qix 0x\(vendor) $d/vendor && grep -qix 0x\(device) $d/device; then",
        "      echo vfio-pci > $d/driver_override",
        "    fi",
      ]
    }
    lines += ["    modprobe vfio-pci || true", "  '';", "}"]
    return ConfigurationDocument(
      text: text(lines), path: path(of: request.guest),
      warnings: [
        "import it in configuration.nix, then nixos-rebuild boot and reboot",
        "boot.initrd.systemd.enable has no preDeviceCommands: there use the systemd target",
      ])
  }

  static func undo(_ request: ConfigurationRequest, _ functions: [Function]) -> [String] {
    [
      "# Take the import of \(path(of: request.guest)) out of configuration.nix, then:",
      "nixos-rebuild boot && reboot",
    ]
  }
}
