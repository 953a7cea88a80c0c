// SPDX-License-Identifier: Apache-2.0

// Reading the PCI bus, whole: one import for those who do not choose modules.

@_exported public import PCI
@_exported public import PCIBus
@_exported public import PCIDrivers
@_exported public import PCIHost
@_exported public import PCINames
@_exported public import PCIRecords
