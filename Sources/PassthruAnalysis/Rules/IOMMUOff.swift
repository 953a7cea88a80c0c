// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// Without an IOMMU at work nothing can be handed over.
  static let iommuOff: Rule = Rule(
    id: "iommu.off", consumers: [.vfio, .bhyve],
    meaning: "A device that a guest drives writes to memory by itself. Only an IOMMU keeps it "
      + "inside the guest's memory, so Linux and FreeBSD refuse passthrough without one.",
    decision: "Linux: units under /sys/class/iommu and groups under /sys/kernel/iommu_groups, "
      + "and the ACPI tables DMAR, IVRS, IORT and VIOT. FreeBSD switches it on with the first "
      + "guest that needs it, so that only the ACPI tables DMAR and IVRS tell.",
    source: "Linux drivers/iommu/iommu.c; FreeBSD sys/amd64/vmm/io/iommu.c, iommu_init"
  ) { context in
    guard !context.isBridgeOrChipset else { return [] }
    let state = context.host.iommu
    // A text of the bus says nothing of the machine: that is a condition like the others.
    let resolution: Finding.Resolution? = context.host.$dependencies.isRecorded ? nil : .fact
    switch context.consumer {
    case .vfio: return linuxIOMMU(state, resolution)
    case .bhyve: return freeBSDIOMMU(state, resolution) { context.readingAsRoot($0) }
    }
  }

  private static func linuxIOMMU(
    _ state: IOMMUState, _ resolution: Finding.Resolution?
  ) -> [Finding] {
    if state.isEnabled == true { return [] }
    guard state.isEnabled == false else {
      return [
        Rule.iommuOff.finding(
          .unknown,
          resolution == nil
            ? "not known whether the IOMMU is on: the recording does not say"
            : "if the IOMMU is on: that is not recorded",
          remedy: "on the machine: ls /sys/class/iommu /sys/kernel/iommu_groups",
          resolution: resolution)
      ]
    }
    switch state.isPresent {
    case true:
      return [
        Rule.iommuOff.finding(
          .blocker, "the firmware describes an IOMMU and the kernel does not use it",
          remedy: state.kind == .intel || state.kind == nil
            ? "boot with intel_iommu=on (AMD: take amd_iommu=off away), then look again"
            : "take iommu=off and amd_iommu=off away from the kernel's command line",
          resolution: .change)
      ]
    case false:
      return [
        Rule.iommuOff.finding(
          .blocker, "the firmware describes no IOMMU",
          remedy: "switch on VT-d, AMD-Vi or the SMMU in the firmware's setup; without that "
            + "choice the machine has none")
      ]
    case nil:
      return [
        Rule.iommuOff.finding(
          .unknown,
          "the kernel uses no IOMMU, and whether the firmware describes one is not recorded",
          remedy: "switch on VT-d or AMD-Vi in the firmware's setup and, on Intel, boot with "
            + "intel_iommu=on, then look again", resolution: resolution)
      ]
    }
  }

  private static func freeBSDIOMMU(
    _ state: IOMMUState, _ resolution: Finding.Resolution?, _ readingAsRoot: (String) -> String
  ) -> [Finding] {
    if state.isEnabled == true || state.isPresent == true { return [] }
    guard state.isPresent == false else {
      return [
        Rule.iommuOff.finding(
          .unknown,
          resolution == nil
            ? "not known whether VT-d or AMD-Vi is on: that needs the ACPI tables"
            : "if VT-d or AMD-Vi is on: that is not recorded",
          remedy: readingAsRoot("as root: acpidump -t | grep -E 'DMAR|IVRS'"),
          resolution: resolution)
      ]
    }
    return [
      Rule.iommuOff.finding(
        .blocker, "the firmware describes no IOMMU: there is neither a DMAR nor an IVRS table",
        remedy: "switch on VT-d or AMD-Vi in the firmware's setup; without that choice the "
          + "machine has none")
    ]
  }
}
