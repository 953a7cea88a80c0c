// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension FreeBSDScanner {
  /// Finds out about the IOMMU: from the firmware's tables as root, else by its traces.
  func readIOMMU(into host: inout Machine) {
    var state = IOMMUState()
    var refusal: KernelError?
    let level = kernel.number("kern.securelevel") ?? 0
    let remedy =
      level > 0 ? "take kern_securelevel_enable out of /etc/rc.conf and reboot" : "run as root"
    if let table = table("DMAR", refusal: &refusal) {
      state.kind = .intel
      state.isPresent = true
      let parsed = RemappingTable(dmar: table)
      host.remapping = parsed?.facts
      describe(parsed, "DMAR", unitName: "dmar", &state, &host.gaps)
    } else if let table = table("IVRS", refusal: &refusal) {
      state.kind = .amd
      state.isPresent = true
      describe(RemappingTable(ivrs: table), "IVRS", unitName: "ivhd", &state, &host.gaps)
    } else if (kernel.number("hw.vmm.amdvi.count") ?? 0) > 0 {
      // vmm counts AMD's units when it is loaded.
      state.kind = .amd
      state.isPresent = true
    } else if kernel.sysctl("dev.dmar.0.%parent") != nil {
      // The busdma driver makes a dmar device of each unit of the DMAR table.
      state.kind = .intel
      state.isPresent = true
      for unit in 0..<64 where kernel.sysctl("dev.dmar.\(unit).%parent") != nil {
        state.units.append("dmar\(unit)")
      }
    } else if let refusal {
      host.gaps.append(
        Gap(
          .host, "iommu",
          reason: "the ACPI tables were not read: \(refusal.reason)"
            + (level > 0 ? ", since kern.securelevel is \(level)" : ""),
          remedy: refusal.isRefusalOfPrivilege ? remedy : nil))
    } else {
      state.isPresent = false
    }
    state.isEnabled = isEnabled(state, &host.gaps)
    host.iommu = state
  }

  private func table(_ signature: String, refusal: inout KernelError?) -> [UInt8]? {
    do {
      return try kernel.firmwareTable(signature)
    } catch {
      // ENOENT from the tables themselves means that there is none of the name.
      let isAbsent = error.number == KernelError.noEntry && error.call == "the ACPI tables"
      if !isAbsent { refusal = error }
      return nil
    }
  }

  private func describe(
    _ table: RemappingTable?, _ signature: String, unitName: String,
    _ state: inout IOMMUState, _ gaps: inout [Gap]
  ) {
    guard let table else {
      gaps.append(
        Gap(
          .host, "iommu.units",
          reason: "the structures of the ACPI table \(signature) do not fit its length",
          remedy: "compare with acpidump -t, and update the firmware"))
      return
    }
    state.units = (0..<table.unitCount).map { unitName + String($0) }
    if !table.startsWithUnit {
      gaps.append(
        Gap(
          .host, "iommu.units",
          reason: "the ACPI table \(signature) does not start with a remapping unit, "
            + "and vmm stops reading there",
          remedy: "update the firmware"))
    }
  }

  /// Whether the IOMMU translates, as far as FreeBSD tells.
  private func isEnabled(_ state: IOMMUState, _ gaps: inout [Gap]) -> Bool? {
    if state.isPresent == false || kernel.number("hw.vmm.iommu.enable") == 0 { return false }
    if kernel.number("hw.vmm.iommu.initialized") == 1 { return true }
    if state.kind == .amd, kernel.number("hw.vmm.amdvi.enable") == 0 { return false }
    // 0 is no evidence: vmm sets it up for the first virtual machine that is
    // given a device (since FreeBSD 11.0, r304858).
    gaps.append(
      Gap(
        .host, "iommu.enabled",
        reason: kernel.sysctl("hw.vmm.iommu.initialized") == nil
          ? "vmm is not loaded, and it is vmm that sets up the IOMMU"
          : "vmm sets up the IOMMU only for the first guest with a device",
        remedy: kernel.sysctl("hw.vmm.iommu.initialized") == nil ? "kldload vmm" : nil))
    return nil
  }
}
