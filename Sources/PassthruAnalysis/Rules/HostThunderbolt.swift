// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// Docks hang on it.
  static let hostThunderbolt: Rule = Rule(
    id: "host.thunderbolt", consumers: [.vfio, .bhyve],
    meaning: "The function is the host router of Thunderbolt or USB4. Without it docks, their "
      + "displays, disks and network cards are gone.",
    decision: "The class is USB4 host interface (0c0340), or the driver is thunderbolt.",
    source: "PCI Code and ID Assignment Specification 1.16, section 1.13; Linux "
      + "drivers/thunderbolt/nhi.c"
  ) { context in
    let function = context.function
    guard
      function.classCode.value(ifNotRecorded: nil)?.rawValue == 0x0c0340
        || function.driver.value(ifNotRecorded: nil)?.name == "thunderbolt"
    else {
      return []
    }
    return [
      Rule.hostThunderbolt.finding(
        .risk, "it is the host router of Thunderbolt or USB4",
        remedy: "unplug docks first, and expect them not to come back")
    ]
  }
}
