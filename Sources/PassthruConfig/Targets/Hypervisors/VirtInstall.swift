// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// virt-install's `--hostdev` options.
///
/// virt-install takes the device from libvirt's list on the host it runs on;
/// it has no words for a source address (4.1.0: "Unknown --hostdev options").
enum VirtInstall: ConfigurationTarget {
  static let name = "virt-install"
  static let summary = "--hostdev options for virt-install"
  static let platform = TargetPlatform.hypervisor
  static let namesGuest = false

  static func emit(
    _ request: ConfigurationRequest
  ) throws(ConfigurationError) -> ConfigurationDocument {
    let functions = try request.hostPropertyFunctions("libvirt")
    try request.checkFile(excluding: ",", consumer: "virt-install")
    let placements = try request.place(functions, in: Libvirt.buses)
    var options: [String] = []
    for place in placements.places {
      var option = Libvirt.nodeDevice(place.function.address)
      if place.slotCount > 1 || request.guestSlot != nil {
        option +=
          ",address.type=pci,address.bus=0x\(place.slot.hexadecimal(width: 2)),address.slot=0x00"
          + ",address.function=0x\(place.guestFunction)"
        if place.needsMultiFunctionBit { option += ",address.multifunction=on" }
      }
      if let index = request.bootIndex {
        option += ",boot.order=\(index + 1 + Int(place.guestFunction))"
      }
      if let file = request.romFile { option += ",rom.file=\(file)" }
      options.append("--hostdev " + option.shellQuoted)
    }
    return ConfigurationDocument(
      text: options.joined(separator: " \\\n") + "\n", losses: placements.losses,
      warnings: placements.warnings)
  }
}
