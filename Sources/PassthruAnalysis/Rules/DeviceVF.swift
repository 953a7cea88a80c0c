// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// A virtual function depends on the driver of its physical one.
  static let deviceVF: Rule = Rule(
    id: "dev.vf", consumers: [.vfio, .bhyve],
    meaning: "A virtual function works as long as a driver holds its physical function and goes "
      + "when that is reset. Where vfio-pci holds the physical function, both sides must show "
      + "the same token.",
    decision: "The function has a physical function, or a function number above 7, or a driver "
      + "that is for virtual functions alone.",
    source: "PCI Express Base 6.0, section 9; Linux drivers/vfio/pci/vfio_pci_core.c (vf_token, "
      + "5.7 and later)"
  ) { context in
    guard let physical = context.function.physicalFunction.value(ifNotRecorded: nil) else {
      return context.isVirtualByDriver || context.host.functions[context.index].isKnownVirtual
        ? [
          Rule.deviceVF.finding(
            .advice, "it is a virtual function, of which physical one is not recorded",
            remedy: context.virtualFunctionRemedy)
        ] : []
    }
    let owner = context.tables.index.position(of: physical)
    let driver = owner.flatMap { context.host.functions[$0].driver?.name }
    let isOwned = owner.map { context.tables.isHandedOver($0) } ?? false
    return [
      Rule.deviceVF.finding(
        .advice,
        "it is a virtual function of \(context.spelling(physical))"
          + (driver.map { ", which \($0) holds" } ?? ""),
        remedy: isOwned
          ? "give both the same vf_token" : context.virtualFunctionRemedy,
        related: [physical])
    ]
  }
}

extension RuleContext {
  /// Whether the driver is one that takes virtual functions alone.
  ///
  /// FreeBSD's iavf(4), ixlv(4), ixv(4), igbvf(4) and the virtual functions of cxgbe(4);
  /// Linux's iavf, i40evf, ixgbevf, igbvf and cxgb4vf.
  fileprivate var isVirtualByDriver: Bool {
    switch function.driver.value(ifNotRecorded: nil)?.name {
    case "iavf", "ixlv", "ixv", "igbvf", "t4vf", "t5vf", "t6vf", "i40evf", "ixgbevf", "cxgb4vf":
      true
    default: false
    }
  }

  fileprivate var virtualFunctionRemedy: String {
    switch consumer {
    case .vfio: "keep the driver of the physical function loaded"
    case .bhyve:
      "keep the driver of the physical function loaded; passthrough : true in iovctl.conf(5) "
        + "gives it to ppt when it is made"
    }
  }
}
