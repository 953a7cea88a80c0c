// SPDX-License-Identifier: Apache-2.0

extension Rule {
  /// Every rule, in the order in which findings of one severity are shown.
  ///
  /// What the function is comes first, then the IOMMU, without which nothing goes, then
  /// what the host needs, the group, the device, and at the end what is good to know.
  public static let all: [Rule] = [
    .deviceGone, .deviceUnnamed, .deviceBridge, .deviceChipset, .deviceDomain, .systemArchitecture,
    .systemVirtualization,
    .systemSecurelevel,
    .iommuOff, .iommuDisabled, .iommuAMDOff, .iommuNested, .iommuNoUnit, .iommuScope, .iommuNoGroup,
    .hostFileSystem, .hostSwap, .hostProgram, .hostDefaultRoute, .hostSession, .hostNetwork,
    .hostConsole, .hostKeyboard,
    .hostOnlyDisplay, .hostOnlyNetwork, .hostOnlyUSB,
    .interruptRemappingMissing,
    .deviceDenylist, .deviceVMDChild, .groupOwnPF, .devicePFWithVFs, .reservedDirect, .guestInUse,
    .groupSharedHost, .groupPredicted,
    .msiNone, .barAlignment, .barWindow64, .barHeld, .pptdevsSyntax,
    .groupOverride, .groupNotIsolated, .groupLegacyBridge, .groupSplitFunctions,
    .unitRenumber,
    .driverInUse, .driverOpen, .displayPrimary, .displayConnected, .displayIntel,
    .iommuReservedMemory,
    .resetNone, .resetBusOnly, .resetAMD,
    .barUnset, .barDisabled, .barWindow32,
    .msiEmulated, .msixTable, .msiDisabled,
    .iommuSeveralUnits, .iommuRelease143, .vmmLate, .pptdevsPending, .pptdevsStale, .deviceTwins,
    .hostThunderbolt,
    .hostUnrecorded,
    .resetPower, .resetQuirkNoFLR, .intxBroken, .displayROM, .deviceVF,
    .sriovPF, .barIO, .linkDegraded, .numaNode, .powerD3cold, .iommuUnproven,
    .vmmNotLoaded, .kernelModule, .kernelLockdown, .memoryLimit, .nodePermission, .hostAmenity,
  ]
}
