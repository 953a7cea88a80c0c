// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// bhyve treats every Intel display as integrated graphics.
  static let displayIntel: Rule = Rule(
    id: "display.intel", consumers: [.bhyve],
    meaning: "For any display of Intel bhyve sets up the stolen memory and OpRegion of integrated "
      + "graphics, and it knows how for a list of ids only. It stops on others, discrete Arc "
      + "cards among them.",
    decision: "Vendor 8086 and class display. An id of a family that is on no release's list "
      + "(DG1, Arc, Data Center GPU, and from Meteor Lake on) blocks; for others it depends on "
      + "the release, whose list ends with Raptor Lake or before.",
    source: "FreeBSD usr.sbin/bhyve/amd64/pci_gvt-d.c, igd_devices; Linux "
      + "include/drm/intel/pciids.h for the families"
  ) { context in
    let function = context.function
    guard function.identity.vendorID == 0x8086,
      function.classCode.value(ifNotRecorded: nil)?.baseClass == 0x03
    else {
      return []
    }
    if let family = unlistedFamily(function.identity.deviceID) {
      return [
        Rule.displayIntel.finding(
          .blocker,
          "bhyve sets it up as Intel integrated graphics, and does not know "
            + "\(function.identity.vendorDevice) (\(family))",
          remedy: "use a bhyve that lists it; releases known here stop with \"Unknown IGD "
            + "device\" or \"Invalid OpRegion signature\"", resolution: .change)
      ]
    }
    return [
      Rule.displayIntel.finding(
        .risk,
        "bhyve sets it up as Intel integrated graphics, if it knows "
          + function.identity.vendorDevice,
        remedy: "put it at guest slot 2, function 0; \"Unknown IGD device\" means that this "
          + "bhyve does not know it")
    ]
  }

  /// The family of an id that no release of bhyve lists.
  private static func unlistedFamily(_ device: UInt16) -> String? {
    switch device {
    case 0x4905...0x4909: "DG1"
    case 0x5690...0x5697, 0x56a0...0x56a6, 0x56b0...0x56b3, 0x56ba...0x56bf: "Arc A"
    case 0x56c0...0x56c2, 0x0b69, 0x0b6e, 0x0bd4...0x0bdb: "Data Center GPU"
    case 0x7d40, 0x7d45, 0x7d55, 0x7d60, 0x7dd5: "Meteor Lake"
    case 0x7d41, 0x7d51, 0x7d67, 0x7dd1, 0xb640: "Arrow Lake"
    case 0x6420, 0x64a0, 0x64b0: "Lunar Lake"
    case 0xe202, 0xe20b...0xe20d, 0xe210...0xe212, 0xe215, 0xe216: "Arc B"
    default: nil
    }
  }
}
