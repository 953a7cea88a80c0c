// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// Function Level Reset is there, and the kernel does not trust it.
  static let resetQuirkNoFLR: Rule = Rule(
    id: "reset.quirk-no-flr", consumers: [.vfio, .bhyve],
    meaning: "The device says that it has Function Level Reset, and hangs when it is used. Linux "
      + "leaves it out and takes the next method; FreeBSD has no such list and uses it.",
    decision: "Vendor and device are on Linux's list (quirk_no_flr).",
    source: "Linux drivers/pci/quirks.c, quirk_no_flr; FreeBSD sys/amd64/vmm/io/ppt.c, "
      + "ppt_pci_reset"
  ) { context in
    let identity = context.function.identity
    switch (identity.vendorID, identity.deviceID) {
    case (0x1022, 0x1487), (0x1022, 0x148c), (0x1022, 0x149c), (0x1022, 0x7901),
      (0x8086, 0x1502), (0x8086, 0x1503), (0x14c3, 0x0616), (0x14c3, 0x7925):
      break
    default: return []
    }
    if context.consumer == .bhyve {
      return [
        Rule.resetQuirkNoFLR.finding(
          .risk,
          "the Function Level Reset of \(identity.vendorDevice) hangs, as Linux found, and FreeBSD "
            + "uses it",
          remedy:
            "expect \"Transactions pending after FLR!\" and a guest without the device; power "
            + "the host off and on to get it back")
      ]
    }
    return [
      Rule.resetQuirkNoFLR.finding(
        .advice, "Linux does not use the Function Level Reset of \(identity.vendorDevice)",
        remedy: "see which methods are left: "
          + "cat /sys/bus/pci/devices/\(context.function.address)/reset_method")
    ]
  }
}
