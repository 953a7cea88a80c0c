// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

/// Proxmox VE's resource mappings: a name for a device, checked by its ids.
///
/// The values of one mapping are alternatives, of which a guest gets the first
/// that is free: each card has a mapping of its own.
enum ProxmoxMapping: ReversibleTarget {
  static let name = "proxmox-mapping"
  static let summary = "Proxmox VE resource mappings, and hostpci settings that use them"
  static let platform = TargetPlatform.hypervisor
  static let namesIdentifiers = true

  static func emit(
    _ request: ConfigurationRequest
  ) throws(ConfigurationError) -> ConfigurationDocument {
    let functions = try request.hostPropertyFunctions("Proxmox VE")
    try request.refuse([.slot, .bootIndex, .rom], consumer: "a Proxmox VE mapping")
    var document = ConfigurationDocument(text: "")
    var creations: [String] = []
    var settings: [String] = []
    for card in request.cards(functions) {
      for (index, path) in Proxmox.paths(card, request, losses: &document.losses).enumerated() {
        guard let function = index < card.count ? card[index] : card.first else { continue }
        let id = Self.id(path)
        var map = "node=$(hostname),path=\(path),id=\(function.identity.vendorDevice)"
        if let vendor = function.identity.subsystemVendorID,
          let device = function.identity.subsystemID
        {
          map +=
            ",subsystem-id=\(vendor.hexadecimal(width: 4)):\(device.hexadecimal(width: 4))"
        } else {
          // sysfs shows 0x0000 for a card without the pair, and `assert_valid` compares that.
          map += ",subsystem-id=0000:0000"
          document.warnings.append(
            "no subsystem of \(path) is recorded: Proxmox VE compares it, and refuses the mapping"
              + " where lspci shows one")
        }
        if let group = function.iommuGroup { map += ",iommugroup=\(group)" }
        creations.append("pvesh create /cluster/mapping/pci --id \(id) --map \"\(map)\"")
        settings.append(
          "qm set \(request.guest) -hostpci\(settings.count) mapping=\(id),pcie=1")
      }
    }
    guard settings.count <= Proxmox.highestNumber + 1 else {
      throw ConfigurationError(
        "\(settings.count) devices do not fit Proxmox VE's 16 hostpci settings",
        remedy: "pass fewer devices")
    }
    document.text = text(creations + settings)
    document.warnings += ["type it on the node that has the devices; the guest is named by VMID"]
    return document
  }

  static func undo(_ request: ConfigurationRequest, _ functions: [Function]) -> [String] {
    var losses: [String] = []
    var lines: [String] = []
    var ids: [String] = []
    for card in request.cards(functions) {
      ids += Proxmox.paths(card, request, losses: &losses).map { id($0) }
    }
    for id in ids {
      lines += Proxmox.deletion(of: "mapping=\(id)", from: request.guest)
    }
    for id in ids { lines.append("pvesh delete /cluster/mapping/pci/\(id)") }
    return lines
  }

  /// A mapping's name: letters, digits, `-`, `_`, starting with a letter.
  static func id(_ path: String) -> String {
    var id = "pci-"
    for scalar in path.unicodeScalars {
      id.unicodeScalars.append(scalar == ":" || scalar == "." ? "-" : scalar)
    }
    return id
  }
}
