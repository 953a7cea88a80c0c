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
    decision: "Vendor 8086 and class display. Which ids are known depends on bhyve's release and "
      + "is not decided here.",
    source: "FreeBSD usr.sbin/bhyve/amd64/pci_gvt-d.c"
  ) { context in
    let function = context.function
    guard function.identity.vendorID == 0x8086, function.classCode?.baseClass == 0x03 else {
      return []
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
}
