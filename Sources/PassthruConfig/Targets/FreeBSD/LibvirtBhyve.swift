// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// libvirt's XML for bhyve guests (libvirt 11.10 and later).
///
/// libvirt binds nothing there: the device must be with ppt already.
enum LibvirtBhyve: ConfigurationTarget {
  static let name = "libvirt-bhyve"
  static let summary = "hostdev elements and locked memory for a libvirt domain of bhyve's"
  static let platform = TargetPlatform.freebsd
  static let namesGuest = false
  static let comments = CommentStyle.xml

  static func emit(
    _ request: ConfigurationRequest
  ) throws(ConfigurationError) -> ConfigurationDocument {
    let functions = try request.freeBSDFunctions()
    try request.needVersion([11, 10], of: "libvirt", for: "hostdev in its bhyve driver")
    try request.refuse([.rom, .bootIndex], consumer: "libvirt's bhyve driver")
    // Its addresses have three bits for the function; FreeBSD counts to 255 under ARI.
    for function in functions where function.address.function > 7 {
      throw ConfigurationError(
        "libvirt's XML cannot name function \(function.address.function) of"
          + " \(function.address.freeBSDSelector)",
        remedy: "use the bhyve or vm-bhyve target")
    }
    let placements = try request.place(functions, in: ConfigurationRequest.bhyveSlots, last: 30)
    var lines = [
      "<!-- in domain -->", "<memoryBacking>", "  <locked/>", "</memoryBacking>",
      "<!-- in devices -->",
    ]
    for place in placements.places {
      lines += LibvirtHostDevice(
        place: place, guestBus: 0, guestSlot: place.slot, isManaged: false
      ).lines(request)
    }
    return ConfigurationDocument(
      text: text(lines), losses: placements.losses,
      warnings: placements.warnings + [
        "libvirt does not bind to ppt: the loader.conf target comes first"
      ])
  }
}
