// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// Keys of bhyve_config(5), for `bhyve -k FILE`.
enum BhyveConfig: ConfigurationTarget {
  static let name = "bhyve-config"
  static let summary = "keys of bhyve_config(5), FreeBSD 13.1 and later"
  static let platform = TargetPlatform.freebsd
  static let namesGuest = false

  static func emit(
    _ request: ConfigurationRequest
  ) throws(ConfigurationError) -> ConfigurationDocument {
    let functions = try request.freeBSDFunctions()
    var document = ConfigurationDocument(text: "")
    if let release = request.freeBSDRelease, release < 13 {
      throw ConfigurationError(
        "bhyve of FreeBSD \(release) reads no configuration file: that came with 13.1",
        remedy: "use the bhyve target")
    }
    try request.checkBhyveExtras(warnings: &document.warnings)
    // A percent sign starts a variable there; how to write one was never tried.
    try request.checkFile(excluding: "%", consumer: "bhyve_config(5)")
    let placements = try request.place(
      functions, in: ConfigurationRequest.bhyveSlots + Array(5...15), last: 30)
    var lines = ["memory.wired=true"]
    for place in placements.places {
      let node = "pci.0.\(place.slot).\(place.guestFunction)"
      let address = place.function.address
      lines.append("\(node).device=passthru")
      lines.append("\(node).bus=\(address.bus)")
      lines.append("\(node).slot=\(address.device)")
      lines.append("\(node).func=\(address.function)")
      if let file = request.romFile { lines.append("\(node).rom=\(file)") }
      if let index = request.bootIndex {
        lines.append("\(node).bootindex=\(index + Int(place.guestFunction))")
      }
    }
    document.text = text(lines)
    document.losses = placements.losses
    document.warnings += placements.warnings
    document.warnings.append("bhyve ignores a key it does not know: config.dump=true shows them")
    if let warning = request.intelGraphicsWarning(functions) { document.warnings.append(warning) }
    return document
  }
}
