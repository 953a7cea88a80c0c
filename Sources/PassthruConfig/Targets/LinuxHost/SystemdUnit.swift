// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// A systemd unit that binds at boot and gives back when stopped.
enum SystemdUnit: ReversibleTarget {
  static let name = "systemd"
  static let summary = "a oneshot unit: vfio-pci by address, checked, with its way back"
  static let platform = TargetPlatform.linux
  static let namesIdentifiers = true

  static func unit(of guest: String) -> String { "passthru-\(guest).service" }

  static func emit(
    _ request: ConfigurationRequest
  ) throws(ConfigurationError) -> ConfigurationDocument {
    let functions = try request.checkedFunctions()
    var lines = [
      "[Unit]", "Description=PCI functions of guest \(request.guest)",
      "DefaultDependencies=no", "After=systemd-modules-load.service", "Before=sysinit.target",
      "ConditionPathExists=/sys/bus/pci/drivers_probe", "", "[Service]", "Type=oneshot",
      "RemainAfterExit=yes", "ExecStart=/sbin/modprobe vfio-pci",
    ]
    for function in functions {
      lines.append("ExecStart=/bin/sh -c '\(escaped(SysfsBinding.bindLine(function)))'")
    }
    for function in functions {
      lines.append("ExecStop=/bin/sh -c '\(escaped(SysfsBinding.releaseLine(function.address)))'")
    }
    lines += ["", "[Install]", "WantedBy=sysinit.target"]
    let unit = unit(of: request.guest)
    return ConfigurationDocument(
      text: text(lines), path: "/etc/systemd/system/\(unit)",
      warnings: [
        "systemctl daemon-reload, then systemctl enable --now \(unit)",
        "drivers of the initramfs have the device before: the unit takes it from them, which a"
          + " display or a disk in use does not survive",
      ])
  }

  static func undo(_ request: ConfigurationRequest, _ functions: [Function]) -> [String] {
    let unit = unit(of: request.guest)
    return [
      "systemctl disable --now \(unit)", "rm /etc/systemd/system/\(unit)",
      "systemctl daemon-reload",
    ]
  }

  /// With `$` doubled: systemd would put its own variables in (systemd.service(5)).
  private static func escaped(_ line: String) -> String {
    var escaped = ""
    for scalar in line.unicodeScalars {
      escaped.unicodeScalars.append(scalar)
      if scalar == "$" || scalar == "%" { escaped.unicodeScalars.append(scalar) }
    }
    return escaped
  }
}
