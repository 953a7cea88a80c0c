// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// bhyve knows one PCI domain.
  static let deviceDomain: Rule = Rule(
    id: "dev.domain", consumers: [.bhyve],
    meaning: "Neither pptdevs nor the ioctls of vmm(4) carry a PCI domain: they mean domain 0. A "
      + "device in another one cannot be named, and its bus, slot and function may name one "
      + "in domain 0.",
    decision: "The domain is not 0.",
    source: "FreeBSD sys/amd64/include/vmm_dev.h, struct vm_pptdev; "
      + "usr.sbin/bhyve/pci_passthru.c"
  ) { context in
    let address = context.function.address
    guard address.domain != 0 else { return [] }
    return [
      Rule.deviceDomain.finding(
        .blocker, "it is in PCI domain \(address.domain)",
        remedy: "none with bhyve; a firmware setting (VMD, segment groups) may put it into "
          + "domain 0")
    ]
  }
}
