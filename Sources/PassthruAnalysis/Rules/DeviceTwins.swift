// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// Other devices have the same ids.
  static let deviceTwins: Rule = Rule(
    id: "dev.twins", consumers: [.vfio],
    meaning: "Settings that name a device by vendor and device id (vfio-pci.ids=, new_id) take "
      + "all devices with these ids from the host.",
    decision: "Another function has the same vendor and device id.",
    source: "Linux drivers/pci/pci-driver.c, new_id_store and driver_override"
  ) { context in
    guard !context.isBridgeOrChipset,
      let twins = context.tables.survey.twins(of: context.index), twins.count > 1
    else { return [] }
    let others = twins.others(of: context.index, context.host.functions, context.consumer)
    return [
      Rule.deviceTwins.finding(
        .risk, others.evidence,
        remedy: "bind by address with driver_override, never by ids", related: others.related)
    ]
  }
}
