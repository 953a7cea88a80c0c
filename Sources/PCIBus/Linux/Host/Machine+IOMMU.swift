// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Machine {
  /// Reads whether the machine has an IOMMU, and whether it is on.
  ///
  /// `tables` are the names of the firmware's ACPI tables, and `reported` is what the
  /// kernel's directory of groups shows. Whether interrupts are remapped is read
  /// where the IOMMU is on, or else if `readsRemapping`: the table of interrupts is
  /// long, and without an IOMMU nothing is decided from it.
  mutating func readIOMMU(
    _ tree: borrowing SystemTree, tables: [String]?, _ reported: GroupListing,
    readsRemapping: Bool
  ) {
    let listed = tree.namesIfPresent("class/iommu")
    let units = listed ?? []
    let hasGroups = reported == .filled || functions.contains { $0.iommuGroup != nil }
    if listed != nil || tree.isLive { iommu.units = units }
    iommu.kind = units.lazy.compactMap(Self.kind(ofUnit:)).first ?? tables.flatMap(Self.kind(of:))
    if iommu.kind == nil, !units.isEmpty { iommu.kind = .other }
    if hasGroups {
      iommu.isEnabled = true
    } else if reported == .empty || (reported == .absent && tree.isLive) {
      // /sys/class/iommu can name units that only remap interrupts: groups decide.
      iommu.isEnabled = false
    } else {
      let isThere = reported == .unreadable
      gaps.append(
        Gap(
          .host, "iommu.isEnabled",
          reason: isThere
            ? "kernel/iommu_groups cannot be listed" : "no kernel/iommu_groups in the recording",
          remedy: isThere ? "look as root" : "record /sys/kernel/iommu_groups too"))
    }
    if hasGroups || !units.isEmpty {
      iommu.isPresent = true
    } else if let tables {
      iommu.isPresent = Self.kind(of: tables) != nil
    } else {
      gaps.append(
        Gap(
          .host, "iommu.isPresent",
          reason: "no list of ACPI tables, which would name the firmware's IOMMU",
          remedy: "record the names in /sys/firmware/acpi/tables too"))
    }
    if readsRemapping || iommu.isEnabled == true { readInterruptRemapping(tree) }
  }

  /// The make of a unit in `/sys/class/iommu`, which each driver names its own way.
  private static func kind(ofUnit name: String) -> IOMMUState.Kind? {
    if name.hasPrefix("dmar") { return .intel }
    if name.hasPrefix("ivhd") { return .amd }
    if name.hasPrefix("smmu3") || name.hasPrefix("arm-smmu-v3") { return .smmuV3 }
    if name.hasPrefix("smmu") || name.hasPrefix("arm-smmu") { return .smmu }
    // virtio-iommu is named as the device it is on.
    if name.hasPrefix("virtio") || FunctionAddress(name) != nil { return .virtio }
    return nil
  }

  /// The make that the firmware's tables describe.
  private static func kind(of tables: [String]) -> IOMMUState.Kind? {
    if tables.contains("DMAR") { return .intel }
    if tables.contains("IVRS") { return .amd }
    if tables.contains("VIOT") { return .virtio }
    return nil
  }

  /// Reads from the names of interrupt chips whether interrupts are remapped.
  ///
  /// "IR-IO-APIC" and "IR-PCI-MSI" are remapped (drivers/iommu/intel and amd);
  /// Arm's interrupt translation service keeps MSIs apart as well ("ITS-").
  private mutating func readInterruptRemapping(_ tree: borrowing SystemTree) {
    guard let table = tree.bytes("interrupts") else {
      gaps.append(
        Gap(
          .host, "iommu.remapsInterrupts", reason: "no proc/interrupts",
          remedy: "record /proc/interrupts too"))
      return
    }
    // As bytes: the table of a machine with 256 processors has megabytes.
    if Self.names("IR-", in: table) || Self.names("ITS-", in: table) {
      iommu.remapsInterrupts = true
    } else if Self.names("IO-APIC", in: table) || Self.names("PCI-MSI", in: table) {
      iommu.remapsInterrupts = false
    } else {
      gaps.append(
        Gap(
          .host, "iommu.remapsInterrupts",
          reason: "proc/interrupts names no chip that tells it on this architecture"))
    }
  }

  /// Whether a table has a word that starts with a text.
  private static func names(_ start: StaticString, in table: [UInt8]) -> Bool {
    start.withUTF8Buffer { start in
      let first = unsafe start[0]
      var index = 1
      while index + start.count <= table.count {
        if table[index] == first, table[index - 1] <= 0x20,
          start.indices.allSatisfy({ unsafe table[index + $0] == start[$0] })
        {
          return true
        }
        index += 1
      }
      return false
    }
  }
}
