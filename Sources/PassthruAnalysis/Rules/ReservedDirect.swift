// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// The firmware wants memory of the group mapped one to one.
  static let reservedDirect: Rule = Rule(
    id: "resv.direct", consumers: [.vfio],
    meaning: "The firmware uses a device of the group behind the system's back (a management "
      + "controller, mostly) and wants a piece of memory mapped one to one for it. A guest "
      + "cannot keep that promise, so that the kernel refuses the whole group.",
    decision: "The group's reserved_regions have a line of type direct. Lines of type "
      + "direct-relaxable (USB and display) are let through since Linux 5.3. Without groups "
      + "the RMRR structures of the firmware's table DMAR say what they would have.",
    source: "Linux drivers/iommu/iommu.c (require_direct); drivers/iommu/intel/iommu.c, "
      + "device_rmrr_is_relaxable"
  ) { context in
    guard !context.isBridgeOrChipset else { return [] }
    guard case .known(let group) = context.function.iommuGroup else {
      return predictedRegion(context)
    }
    let isRecorded = context.host.linux.map { $0.$reservedRegions.isRecorded } ?? true
    if !isRecorded || context.tables.survey.withoutRegions.contains(context.function.address) {
      return [
        Rule.reservedDirect.finding(
          .unknown,
          "not known whether the firmware wants memory mapped one to one for group \(group): the "
            + "reserved regions are not recorded",
          remedy: "on the machine: cat /sys/kernel/iommu_groups/\(group)/reserved_regions")
      ]
    }
    guard let region = context.tables.survey.directRegions[group]
    else { return [] }
    return [
      Rule.reservedDirect.finding(
        .blocker,
        "the firmware wants 0x\(hexadecimal(region.start)) to 0x\(hexadecimal(region.end)) mapped "
          + "one to one for group \(group)",
        remedy: "look for a firmware setting or an update of the vendor's (RMRR); otherwise "
          + "another device or slot")
    ]
  }

  /// What the kernel would make of the firmware's table with its IOMMU on.
  private static func predictedRegion(_ context: RuleContext) -> [Finding] {
    guard let member = context.tables.reservedMember(with: context.index),
      let place = context.tables.survey.scopes.reserved[member],
      let memory = context.host.remapping?.reservedMemory[place]
    else { return [] }
    let address = context.host.functions[member].address
    let isOwn = member == context.index
    return [
      Rule.reservedDirect.finding(
        .blocker,
        "the firmware's table DMAR wants 0x\(hexadecimal(memory.start)) to "
          + "0x\(hexadecimal(memory.end)) mapped one to one for "
          + (isOwn ? "it" : "\(context.spelling(address)), which would be in its group"),
        remedy: "look for a firmware setting or an update of the vendor's (RMRR); otherwise "
          + "another device or slot", related: isOwn ? [] : [address])
    ]
  }
}
