// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// A script for Debian's initramfs-tools(7) that binds by address before udev runs.
enum InitramfsTools: ReversibleTarget {
  static let name = "initramfs-tools"
  static let summary = "an init-top script for Debian's and Ubuntu's initramfs: by address, early"
  static let platform = TargetPlatform.linux
  static let namesIdentifiers = true

  static func path(of guest: String) -> String {
    "/etc/initramfs-tools/scripts/init-top/passthru-\(guest)"
  }

  static func emit(
    _ request: ConfigurationRequest
  ) throws(ConfigurationError) -> ConfigurationDocument {
    let functions = try request.checkedFunctions()
    var lines = [
      "#!/bin/sh", "PREREQ=''", "case $1 in", "  prereqs) echo \"$PREREQ\"; exit 0 ;;", "esac",
      "override() {",
      "  d=/sys/bus/pci/devices/$1",
      "  grep -qix \"0x$2\" \"$d/vendor\" && grep -qix \"0x$3\" \"$d/device\" || return 0",
      "  echo vfio-pci >\"$d/driver_override\"",
      "}",
    ]
    for function in functions {
      lines.append(
        "override \(function.address.linuxName) \(function.identity.vendorID.hexadecimal(width: 4))"
          + " \(function.identity.deviceID.hexadecimal(width: 4))")
    }
    lines.append("modprobe vfio-pci || true")
    return ConfigurationDocument(
      text: text(lines), path: path(of: request.guest),
      warnings: [
        "chmod 755 it, put vfio-pci on a line of /etc/initramfs-tools/modules, then"
          + " update-initramfs -u"
      ])
  }

  static let undoWarnings = ["the line vfio-pci in /etc/initramfs-tools/modules does no harm"]

  static func undo(_ request: ConfigurationRequest, _ functions: [Function]) -> [String] {
    ["rm \(path(of: request.guest))", "update-initramfs -u", "reboot"]
  }
}
