// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// A NixOS module: kernel parameters, modules, and overrides by address.
enum NixOS: ReversibleTarget {
  static let name = "nixos"
  static let summary = "a NixOS module: vfio-pci by address, in the initramfs"
  static let platform = TargetPlatform.linux
  static let namesIdentifiers = true

  static func path(of guest: String) -> String { "/etc/nixos/passthru-\(guest).nix" }

  static func emit(
    _ request: ConfigurationRequest
  ) throws(ConfigurationError) -> ConfigurationDocument {
    let functions = try request.checkedFunctions()
    var losses: [String] = []
    let parameters = KernelCommandLine.parameters(request, functions, losses: &losses)
      .filter { !$0.hasPrefix("vfio-pci.ids=") }
    var lines = ["{ config, lib, pkgs, ... }:", "let", "  bind = ''"]
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
    lines.append("    modprobe vfio-pci || true")
    // Where vfio-pci was there before, nothing else makes it look again.
    lines += functions.map {
      "    echo \($0.address.linuxName) > /sys/bus/pci/drivers_probe || true"
    }
    lines += ["  '';", "in", "{"]
    if !parameters.isEmpty {
      lines.append(
        "  boot.kernelParams = [ "
          + parameters.map { "\"\($0)\"" }.joined(separator: " ") + " ];")
    }
    lines += [
      "  boot.initrd.kernelModules = [ \"vfio_pci\" \"vfio\" \"vfio_iommu_type1\" ];",
      "  # Without systemd in the initramfs; with it, its own service, before udev loads drivers.",
      "  boot.initrd.preDeviceCommands = lib.mkIf (!config.boot.initrd.systemd.enable) bind;",
      "  boot.initrd.systemd.initrdBin = [ pkgs.gnugrep ];",
      "  boot.initrd.systemd.services.passthru = {",
      "    wantedBy = [ \"sysinit.target\" ];",
      "    before = [ \"systemd-udev-trigger.service\" ];",
      "    unitConfig.DefaultDependencies = false;",
      "    serviceConfig.Type = \"oneshot\";",
      "    script = bind;",
      "  };",
      "}",
    ]
    return ConfigurationDocument(
      text: text(lines), path: path(of: request.guest),
      warnings: [
        "import it in configuration.nix, then nixos-rebuild boot and reboot",
        "systemd in the initramfs is NixOS's default since 26.05: both ways are in the module",
      ])
  }

  static func undo(_ request: ConfigurationRequest, _ functions: [Function]) -> [String] {
    [
      "# Take the import of \(path(of: request.guest)) out of configuration.nix, then:",
      "nixos-rebuild boot && reboot",
    ]
  }
}
