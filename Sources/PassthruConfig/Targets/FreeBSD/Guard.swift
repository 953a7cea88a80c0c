// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// A script that compares vendor and device after boot, before a guest starts.
///
/// pptdevs names places and not devices: when a card comes or goes the bus
/// numbers move, and ppt takes whatever is at the old place.
enum Guard: ReversibleTarget {
  static let name = "guard"
  static let summary = "a script that starts a guest only if ppt has the devices that were meant"
  static let platform = TargetPlatform.freebsd
  static let namesIdentifiers = true

  static func path(of guest: String) -> String { "/usr/local/sbin/passthru-guard-\(guest)" }

  static func emit(
    _ request: ConfigurationRequest
  ) throws(ConfigurationError) -> ConfigurationDocument {
    let functions = try request.freeBSDFunctions()
    var lines = [
      "#!/bin/sh",
      "# Exits with 0 if ppt has what \(request.guest) is meant to get, and with 1 if not.",
      "# Use: \(path(of: request.guest)) && vm start \(request.guest)",
      "status=0",
      "expect() {",
      "  line=$(pciconf -l | grep -F \"@$1:\")",
      "  case $line in",
      "    ppt[0-9]*) ;;",
      "    '') echo \"$1: no such device\" >&2; status=1; return ;;",
      "    *) echo \"$1: ${line%%@*} has it, not ppt\" >&2; status=1 ;;",
      "  esac",
      "  case $line in",
      "    *\" vendor=0x$2 device=0x$3 \"*|*\" chip=0x$3$2 \"*) ;;",
      "    *) echo \"$1: not $2:$3 but another device\" >&2; status=1 ;;",
      "  esac",
      "}",
    ]
    for function in functions {
      let vendor = function.identity.vendorID.hexadecimal(width: 4)
      let device = function.identity.deviceID.hexadecimal(width: 4)
      lines.append("expect \(function.address.freeBSDSelector) \(vendor) \(device)")
    }
    lines.append("exit $status")
    return ConfigurationDocument(
      text: text(lines), path: path(of: request.guest),
      warnings: ["make it executable: chmod 755 \(path(of: request.guest))"])
  }

  static func undo(_ request: ConfigurationRequest, _ functions: [Function]) -> [String] {
    ["rm \(path(of: request.guest))"]
  }
}
