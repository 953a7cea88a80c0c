// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// Lines of a vm-bhyve guest's file (vm(8), config.sample).
///
/// Each device is pinned to a slot: without a pin vm-bhyve packs devices that
/// have the same host bus into one guest slot, in the order of the list and
/// not of their functions. A pin does not reserve its slot, so it lies above
/// those that vm-bhyve counts out itself.
enum VMBhyve: ConfigurationTarget {
  static let name = "vm-bhyve"
  static let summary = "passthru lines for a vm-bhyve guest's file"
  static let platform = TargetPlatform.freebsd
  /// The slots above vm-bhyve's own.
  static let slots: [UInt8] = Array(20...30) + Array(16...19)

  static func emit(
    _ request: ConfigurationRequest
  ) throws(ConfigurationError) -> ConfigurationDocument {
    let functions = try request.freeBSDFunctions()
    if request.romFile != nil || request.bootIndex != nil {
      throw ConfigurationError(
        "vm-bhyve's passthru lines carry neither a ROM file nor a boot index",
        remedy: "use the bhyve or bhyve-config target")
    }
    let placements = try request.place(functions, in: slots, last: 30)
    var document = ConfigurationDocument(
      text: text(lines(placements, from: 0)), path: path(of: request.guest))
    document.losses = placements.losses
    document.warnings = placements.warnings
    if let slot = placements.places.first?.slot, slot < 16 {
      document.warnings.append(
        "vm-bhyve does not keep slot \(slot) free: it may give it to a disk or a NIC as well")
    }
    document.warnings.append(
      "where the file has passthru lines already, number on from the last: a gap ends the list")
    if let warning = request.intelGraphicsWarning(functions) { document.warnings.append(warning) }
    return document
  }

  /// A guest's file, below vm-bhyve's folder of guests.
  static func path(of guest: String) -> String { "$vm_dir/\(guest)/\(guest).conf" }

  /// The lines, numbered from `number` on, starting in column 1.
  static func lines(_ placements: GuestPlacements, from number: Int) -> [String] {
    placements.places.enumerated().map { index, place in
      "passthru\(number + index)=\"\(place.function.address.bhyveTriple)=\(place.slotAndFunction)\""
    }
  }
}
