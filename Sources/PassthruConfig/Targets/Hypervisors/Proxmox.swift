// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

/// Lines of a Proxmox VE guest's file (qm.conf(5)).
///
/// An address without a function means all functions as one device; lists with
/// `;` are for virtual functions only.
enum Proxmox: ReversibleTarget {
  static let name = "proxmox"
  static let summary = "hostpci lines for a Proxmox VE guest's file"
  static let platform = TargetPlatform.hypervisor
  /// `hostpci0` to `hostpci15`.
  static let highestNumber = 15

  static func emit(
    _ request: ConfigurationRequest
  ) throws(ConfigurationError) -> ConfigurationDocument {
    let functions = try request.hostPropertyFunctions("Proxmox VE")
    var document = ConfigurationDocument(text: "", path: path(of: request.guest))
    let values = try values(request, functions, losses: &document.losses)
    guard values.count <= highestNumber + 1 else {
      throw ConfigurationError(
        "\(values.count) devices do not fit Proxmox VE's \(highestNumber + 1) hostpci lines",
        remedy: "pass fewer devices")
    }
    var lines = ["machine: q35"]
    for (number, value) in values.enumerated() { lines.append("hostpci\(number): \(value)") }
    document.text = text(lines)
    if document.path == nil {
      document.warnings.append(
        "Proxmox VE knows guests by number: /etc/pve/qemu-server/VMID.conf")
    }
    document.warnings.append(
      "machine: q35 renames the devices of a guest installed on i440fx; pcie=1 needs it")
    if request.romFile != nil {
      document.warnings.append("Proxmox VE looks for ROM files in /usr/share/kvm")
    }
    return document
  }

  static func undo(
    _ request: ConfigurationRequest, _ functions: [Function]
  ) throws(ConfigurationError) -> [String] {
    var losses: [String] = []
    return try values(request, functions, losses: &losses).flatMap { value in
      deletion(of: String(value.prefix { $0 != "," }), from: request.guest)
    }
  }

  /// Commands that take out the settings with a device, whatever their numbers are.
  ///
  /// The numbers of another's settings are not known here: they are looked up by value.
  static func deletion(of device: String, from guest: String) -> [String] {
    let pattern = device.unicodeScalars.reduce(into: "") { text, scalar in
      if scalar == "." { text += "[.]" } else { text.unicodeScalars.append(scalar) }
    }
    return [
      "for key in $(qm config \(guest) --current"
        + " | sed -nE 's/^(hostpci[0-9]+): (.*,)?(host=)?\(pattern)(,.*)?$/\\1/p'); do",
      "  qm set \(guest) --delete \"$key\"", "done",
    ]
  }

  static func path(of guest: String) -> String? {
    guard guest.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
    return "/etc/pve/qemu-server/\(guest).conf"
  }

  /// The value of each hostpci line.
  static func values(
    _ request: ConfigurationRequest, _ functions: [Function], losses: inout [String]
  ) throws(ConfigurationError) -> [String] {
    try request.refuse([.slot, .bootIndex], consumer: "Proxmox VE")
    try request.checkFile(excluding: "/,; ", consumer: "Proxmox VE's romfile=")
    var values: [String] = []
    for card in request.cards(functions) {
      for place in paths(card, request, losses: &losses) {
        var value = place + ",pcie=1"
        if let file = request.romFile { value += ",romfile=\(file)" }
        values.append(value)
      }
    }
    return values
  }

  /// One address for a whole slot, else one for each function.
  static func paths(
    _ card: [Function], _ request: ConfigurationRequest, losses: inout [String]
  ) -> [String] {
    if card.count > 1, request.isWholeSlot(card), let first = card.first?.address {
      return [
        first.domain.hexadecimal(width: 4) + ":" + first.bus.hexadecimal(width: 2) + ":"
          + first.device.hexadecimal(width: 2)
      ]
    }
    if card.count > 1 {
      losses.append(
        "Proxmox VE keeps functions together only as a whole slot: "
          + card.map { request.spelled($0.address) }.joined(separator: ", ")
          + " will be \(card.count) devices in the guest, and one card no more")
    }
    return card.map { $0.address.linuxName }
  }
}
