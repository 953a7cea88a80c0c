// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// It is the only USB controller.
  static let hostOnlyUSB: Rule = Rule(
    id: "host.only-usb", consumers: [.vfio, .bhyve],
    meaning: "Without it a keyboard at the host does not work.",
    decision: "No other physical function of the host has a class of that kind.",
    source: "PCI Code and ID Assignment Specification 1.16, section 1"
  ) { context in
    context.onlyOne(
      of: .usb, "the only USB controller", of: .hostOnlyUSB,
      remedy: "add another controller, or rely on ssh or a serial console")
  }
}
