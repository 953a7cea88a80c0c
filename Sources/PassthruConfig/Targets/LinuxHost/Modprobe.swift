// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// modprobe.d(5): vfio-pci by ids, ahead of the devices' own drivers.
///
/// `ids=` takes every function that has the ids, so it is refused where a twin
/// must stay with the host.
enum Modprobe: ReversibleTarget {
  static let name = "modprobe"
  static let summary = "modprobe.d file: vfio-pci by ids, where no twin must stay"
  static let platform = TargetPlatform.linux
  static let namesIdentifiers = true
  static let namesGuest = false
  static let path = "/etc/modprobe.d/vfio-pci.conf"

  static func emit(
    _ request: ConfigurationRequest
  ) throws(ConfigurationError) -> ConfigurationDocument {
    let functions = try request.checkedFunctions()
    var document = ConfigurationDocument(text: "", path: path)
    document.text = text(try lines(request, functions))
    document.warnings.append(
      "rebuild the initramfs: update-initramfs -u, dracut -f or mkinitcpio -P")
    let builtIn = request.ownModules(functions).filter { isOftenBuiltIn($0) }
    if !builtIn.isEmpty {
      document.warnings.append(
        listed(builtIn) + " is built into many kernels, and softdep does not hold it back:"
          + " bind by address then")
    }
    return document
  }

  /// The file's lines.
  static func lines(
    _ request: ConfigurationRequest, _ functions: [Function]
  ) throws(ConfigurationError) -> [String] {
    let ids = try request.uniqueIDs(functions)
    var options = "options vfio-pci ids=" + ids.joined(separator: ",")
    if functions.contains(where: { $0.classCode?.baseAndSubClass == 0x0300 }) {
      options += " disable_vga=1"
    }
    return [options] + request.ownModules(functions).map { "softdep \($0) pre: vfio-pci" }
  }

  static func isOftenBuiltIn(_ module: String) -> Bool {
    ["ahci", "nvme", "xhci_pci", "ehci_pci", "ohci_pci", "uhci_hcd"].contains(module)
  }

  static func undo(_ request: ConfigurationRequest, _ functions: [Function]) -> [String] {
    ["rm \(path)", "update-initramfs -u   # or dracut -f, or mkinitcpio -P", "reboot"]
  }
}
