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
    guard !context.isBridgeOrChipset, context.function.physicalFunction == nil else { return [] }
    let twins = context.tables.survey.twins[identityKey(context.function)] ?? []
    guard twins.count > 1 else { return [] }
    let others = twins.prefix(9).filter { $0 != context.index }.prefix(8)
      .map { context.host.functions[$0].address }
    return [
      Rule.deviceTwins.finding(
        .risk,
        "\(twins.count - 1) more with the ids \(context.function.identity.vendorDevice): "
          + listed(others.map(context.spelling)) + (twins.count > 9 ? " and others" : ""),
        remedy: "bind by address with driver_override, never by ids", related: Array(others))
    ]
  }

  /// The ids of a function as the key of the host's table of twins.
  private static func identityKey(_ function: Function) -> UInt32 {
    UInt32(function.identity.vendorID) << 16 | UInt32(function.identity.deviceID)
  }
}
