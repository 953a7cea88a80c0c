// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Rule {
  /// Without interrupt remapping a guest can raise any interrupt of the host.
  static let interruptRemappingMissing: Rule = Rule(
    id: "ir.missing", consumers: [.vfio],
    meaning: "A device raises interrupts by writing to memory. Without interrupt remapping its "
      + "guest can make it raise any interrupt of the host, so that vfio refuses.",
    decision: "On x86 the interrupt chips in /proc/interrupts are named IR- where interrupts are "
      + "remapped.",
    source: "Linux drivers/vfio/vfio_iommu_type1.c, vfio_iommu_type1_attach_group "
      + "(iommu_group_has_isolated_msi)"
  ) { context in
    let state = context.host.iommu
    guard !context.isBridgeOrChipset, state.isEnabled == true,
      state.kind != .smmu, state.kind != .smmuV3, state.kind != .other
    else { return [] }
    switch state.remapsInterrupts {
    case true: return []
    case false:
      return [
        Rule.interruptRemappingMissing.finding(
          .blocker, "interrupts are not remapped, though the IOMMU is on",
          remedy: (state.kind == .virtio
            ? "a virtio IOMMU remaps none: start this virtual machine with an Intel one"
            : "switch on interrupt remapping (x2APIC) in the firmware's setup and take "
              + "intremap=off away")
            + "; or, trusting the guest, load vfio_iommu_type1 with allow_unsafe_interrupts=1",
          resolution: .change)
      ]
    case nil:
      return [
        Rule.interruptRemappingMissing.finding(
          .unknown, "if interrupts are remapped: that is not recorded",
          remedy: "on the machine: grep IR- /proc/interrupts", resolution: .fact)
      ]
    }
  }
}
