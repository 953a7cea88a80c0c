// SPDX-License-Identifier: Apache-2.0

internal import PCI

extension Rule {
  /// A bridge stays with the host; only what is behind it can go.
  static let deviceBridge: Rule = Rule(
    id: "dev.bridge", consumers: [.vfio, .bhyve],
    meaning: "A PCI-to-PCI or CardBus bridge cannot be handed over. It need not be either: "
      + "the devices behind it go one by one, and the bridge keeps its own driver.",
    decision: "The header type is not 0; where it was not recorded, the class is a bridge "
      + "with a header of its own (0604, 0607, 0609).",
    source: "Linux drivers/vfio/pci/vfio_pci_core.c (header type check at registration); "
      + "FreeBSD sys/amd64/vmm/io/ppt.c, ppt_probe"
  ) { context in
    let function = context.function
    let remedy = "pass the endpoints behind it instead"
    if let header = function.headerType.value(ifNotRecorded: nil) {
      // What does not answer reads 7f: `dev.gone` tells.
      guard header != .endpoint, header.rawValue != 0x7f else { return [] }
      return [
        Rule.deviceBridge.finding(
          .blocker, "it is a bridge: header type \(header.rawValue)", remedy: remedy)
      ]
    }
    guard let classCode = function.classCode.value(ifNotRecorded: nil) else {
      return [
        Rule.deviceBridge.finding(
          .unknown, "not known whether it is a bridge: neither header type nor class is recorded",
          remedy: "record the host with its class codes or the first 64 bytes of each function")
      ]
    }
    switch classCode.baseAndSubClass {
    case 0x0604, 0x0607, 0x0609:
      return [
        Rule.deviceBridge.finding(
          .blocker, "it is a bridge: class \(classCode)", remedy: remedy)
      ]
    default: return []
    }
  }
}
