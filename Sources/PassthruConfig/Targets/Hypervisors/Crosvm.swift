// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// crosvm's `--vfio` options.
enum Crosvm: ConfigurationTarget {
  static let name = "crosvm"
  static let summary = "--vfio options for crosvm"
  static let platform = TargetPlatform.hypervisor
  static let namesGuest = false
  static let slots: [UInt8] = Array(0x10...0x1f)

  static func emit(
    _ request: ConfigurationRequest
  ) throws(ConfigurationError) -> ConfigurationDocument {
    let functions = try request.checkedFunctions()
    try request.refuse([.rom, .bootIndex], consumer: "crosvm")
    let placements = try request.place(functions, in: slots)
    let options = placements.places.map { place in
      "--vfio \(SysfsBinding.folder(place.function.address)),guest-address=00:"
        + place.slot.hexadecimal(width: 2) + ".\(place.guestFunction)"
    }
    return ConfigurationDocument(
      text: options.joined(separator: " \\\n") + "\n", losses: placements.losses,
      warnings: placements.warnings)
  }
}
