// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// Xen's host side: pciback hides functions from dom0.
///
/// The parameter has no separators but the brackets; one wrong address makes
/// pciback ignore the whole list (drivers/xen/xen-pciback/pci_stub.c).
enum XenPciback: ReversibleTarget {
  static let name = "xen-pciback"
  static let summary = "dom0: xen-pciback.hide for the boot, and xl commands for now"
  static let platform = TargetPlatform.hypervisor
  static let namesGuest = false

  static func emit(
    _ request: ConfigurationRequest
  ) throws(ConfigurationError) -> ConfigurationDocument {
    let functions = try request.checkedFunctions()
    try request.checkDomains(functions, upTo: 0xffff, consumer: "Xen")
    var lines = [
      "# at each boot, on dom0's command line, or as options of the module in modprobe.d:",
      "#   \(parameter(functions))",
      "#   options xen-pciback hide=\(list(functions))", "# now:", "modprobe xen-pciback",
    ]
    lines += functions.map { "xl pci-assignable-add \($0.address.linuxName)" }
    return ConfigurationDocument(
      text: text(lines),
      warnings: [
        "XCP-ng: /opt/xensource/libexec/xen-cmdline --set-dom0 \"\(parameter(functions))\""
      ])
  }

  static func parameter(_ functions: [Function]) -> String {
    "xen-pciback.hide=" + list(functions)
  }

  private static func list(_ functions: [Function]) -> String {
    functions.map { "(\($0.address.linuxName))" }.joined()
  }

  static func undo(_ request: ConfigurationRequest, _ functions: [Function]) -> [String] {
    functions.map { "xl pci-assignable-remove -r \($0.address.linuxName)" }
      + ["# and take xen-pciback.hide off dom0's command line again"]
  }
}
