// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// The device could be split instead of handed over.
  static let sriovPF: Rule = Rule(
    id: "sriov.pf", consumers: [.vfio, .bhyve],
    meaning: "The device can be split into virtual functions. Passing one of them leaves the "
      + "device, its link and its name with the host.",
    decision: "The function has the SR-IOV capability, or sriov_totalvfs is above 0.",
    source: "PCI Express Base 6.0, section 9.3.3; FreeBSD iovctl.conf(5), passthrough; Linux "
      + "Documentation/PCI/pci-iov-howto.rst"
  ) { context in
    guard !context.isBridgeOrChipset,
      context.function.physicalFunction.value(ifNotRecorded: nil) == nil,
      context.hasVirtualization
    else { return [] }
    let count = context.virtualFunctions.map { $0.total } ?? 0
    if context.virtualFunctions?.lacksWindows == true {
      return [
        Rule.sriovPF.finding(
          .advice,
          "it could have \(count) virtual functions, but their windows have no address: none can "
            + "be enabled",
          remedy: "switch on Above 4G Decoding and SR-IOV in the firmware's setup, or boot with "
            + "pci=realloc")
      ]
    }
    return [
      Rule.sriovPF.finding(
        .advice,
        count > 0
          ? "it can have \(count) virtual functions" : "it can be split into virtual functions",
        remedy: context.consumer == .bhyve
          ? "consider iovctl with passthrough : true for a virtual function"
          : "consider writing a count to sriov_numvfs and passing a virtual function")
    ]
  }
}
