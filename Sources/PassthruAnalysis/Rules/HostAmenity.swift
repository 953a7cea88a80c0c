// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// The host loses a convenience.
  static let hostAmenity: Rule = Rule(
    id: "host.amenity", consumers: [.vfio, .bhyve],
    meaning: "The host works without it, and its users may miss it.",
    decision: "The class is sound (0401, 0403) or wireless network (0280, 0d11, 0d20, 0d21), and a "
      + "driver of the host holds it.",
    source: "PCI Code and ID Assignment Specification 1.16, section 1"
  ) { context in
    let function = context.function
    guard function.driver.value(ifNotRecorded: nil) != nil, !context.isHandedOver else { return [] }
    let loss: String
    switch function.classCode.value(ifNotRecorded: nil)?.baseAndSubClass {
    case 0x0401, 0x0403: loss = "its sound"
    case 0x0280, 0x0d11, 0x0d20, 0x0d21: loss = "its wireless network"
    default: return []
    }
    return [
      Rule.hostAmenity.finding(
        .advice, "the host loses \(loss)", remedy: "make sure that nobody uses it")
    ]
  }
}
