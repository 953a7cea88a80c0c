// SPDX-License-Identifier: Apache-2.0

extension Rule {
  /// Every rule, in the order in which findings of one severity are shown.
  ///
  /// What the function is comes first, then what the host needs, then the
  /// IOMMU, the group, the device, and at the end what is good to know.
  public static let all: [Rule] = [
    .deviceBridge, .deviceChipset, .deviceDomain, .systemArchitecture, .systemVirtualization,
    .systemSecurityLevel,
    .hostFileSystem, .hostSwap, .hostDefaultRoute, .hostSession, .hostConsole, .hostKeyboard,
    .hostOnlyDisplay, .hostOnlyNetwork, .hostOnlyUSB,
    .iommuOff, .iommuDisabled, .iommuAMDOff, .iommuNested, .iommuNoUnit, .iommuScope, .iommuNoGroup,
    .interruptRemapping,
    .deviceDenylist, .deviceVMDChild, .devicePhysicalFunction, .reservedDirect, .guestInUse,
    .groupSharedHost, .groupPredicted,
    .interruptsNone, .windowAlignment, .windowHuge64, .windowHeld, .pptdevsSyntax,
    .groupOverride, .groupNotIsolated, .groupLegacyBridge, .groupSplitFunctions,
    .unitRenumber,
    .driverInUse, .driverOpen, .displayPrimary, .displayConnected, .displayIntel,
    .iommuReservedMemory,
    .resetNone, .resetBusOnly, .resetAMD,
    .windowUnassigned, .windowDisabled, .windowSum32,
    .interruptsEmulated, .interruptTable, .interruptsDisabled,
    .iommuSeveralUnits, .iommuRelease143, .vmmLate, .pptdevsPending, .pptdevsStale, .deviceTwins,
    .hostThunderbolt,
    .hostUnrecorded,
    .resetPower, .resetQuirk, .interruptPin, .displayROM, .deviceVirtualFunction,
    .deviceVirtualization, .windowIO, .linkDegraded, .numaNode, .powerOff, .iommuUnproven,
    .vmmNotLoaded, .kernelModule, .kernelLockdown, .memoryLimit, .nodePermission, .hostAmenity,
  ]
}
