// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// The link runs below what the card can.
  static let linkDegraded: Rule = Rule(
    id: "link.degraded", consumers: [.vfio, .bhyve],
    meaning: "The link is slower or narrower than the card's best: to save power while idle, or "
      + "because of the slot, a riser or bad contact.",
    decision: "Link Status below Link Capabilities, in speed or width.",
    source: "PCI Express Base 6.0, sections 7.5.3.6 and 7.5.3.8"
  ) { context in
    guard !context.isBridgeOrChipset,
      let space = context.function.configuration.value(ifNotRecorded: nil),
      let link = space[PCIExpress.self],
      let speed = link.currentLinkSpeed, let bestSpeed = link.maximumLinkSpeed,
      let width = link.currentLinkWidth, let bestWidth = link.maximumLinkWidth,
      width > 0, speed.rawValue < bestSpeed.rawValue || width < bestWidth
    else { return [] }
    return [
      Rule.linkDegraded.finding(
        .advice,
        "its link runs at \(speed) x\(width) of \(bestSpeed) x\(bestWidth)",
        remedy: "look again under load; if it stays, try another slot")
    ]
  }
}
