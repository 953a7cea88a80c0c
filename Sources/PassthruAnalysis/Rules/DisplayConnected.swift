// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// A monitor is on it and shows a picture.
  static let displayConnected: Rule = Rule(
    id: "display.connected", consumers: [.vfio],
    meaning: "A monitor that is plugged into this card shows the host's picture. When the card "
      + "goes, so does the picture.",
    decision: "A connector of the card is connected and enabled, and a driver of the host holds "
      + "the card.",
    source: "Linux drivers/gpu/drm/drm_sysfs.c, status and enabled of /sys/class/drm/cardN-*"
  ) { context in
    guard !context.isBridgeOrChipset, context.function.driver.value(ifNotRecorded: nil) != nil,
      !context.isHandedOver,
      let places = context.tables.survey.use.connectors[context.index]
    else { return [] }
    let lit = places.compactMap { place -> String? in
      guard let connector = context.host.linux?.connectors?[place],
        connector.isConnected == true, connector.isEnabled == true
      else { return nil }
      return connector.name
    }
    guard !lit.isEmpty else { return [] }
    return [
      Rule.displayConnected.finding(
        .risk, "a monitor on \(listed(lit)) shows the host's picture",
        remedy: "plug the monitor into another card, or have ssh ready")
    ]
  }
}
