// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// Arguments of bhyve(8).
enum Bhyve: ConfigurationTarget {
  static let name = "bhyve"
  static let summary = "arguments to add to a bhyve command"
  static let platform = TargetPlatform.freebsd
  static let namesGuest = false

  static func emit(
    _ request: ConfigurationRequest
  ) throws(ConfigurationError) -> ConfigurationDocument {
    let functions = try request.freeBSDFunctions()
    var document = ConfigurationDocument(text: "")
    try request.checkBhyveExtras(warnings: &document.warnings)
    let placements = try request.place(
      functions, in: ConfigurationRequest.bhyveSlots + Array(5...15), last: 30)
    let slots = placements.places.map { "-s " + $0.slotArgument(request).shellQuoted }
    document.text = "-S " + slots.joined(separator: " ") + "\n"
    document.losses = placements.losses
    document.warnings += placements.warnings
    document.warnings.append(
      "bhyveload and grub-bhyve need -S too, where one of them loads the guest")
    if let warning = request.intelGraphicsWarning(functions) { document.warnings.append(warning) }
    return document
  }
}
