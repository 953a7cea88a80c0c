// SPDX-License-Identifier: Apache-2.0

/// What a Linux host tells besides its functions.
public struct LinuxFacts: Hashable, Sendable {
  /// The kernel's command line; `nil` where not recorded.
  public var commandLine: String?
  /// The names of the firmware's ACPI tables; `nil` where not recorded.
  public var acpiTables: [String]?
  /// The kernel modules loaded, with `_`; `nil` where not recorded.
  public var modules: [String]?
  /// The modules that the kernel lists as vfio-pci or a variant of it, in order.
  ///
  /// Those with a `vfio_pci:` alias in `modules.alias` (Linux 5.15 and later); `nil`
  /// where not recorded.
  public var passthroughModules: [String]?
  /// The reserved regions of each IOMMU group; empty where none is recorded.
  @Recordable public var reservedRegions: [ReservedRegion]
  /// The order in which the kernel lists its functions, by requester id.
  ///
  /// From `/proc/bus/pci/devices`, which has no domain; `nil` where not recorded.
  public var deviceOrder: [UInt16]?
  /// The kernel's lockdown: `none`, `integrity`, `confidentiality`; `nil` where not recorded.
  public var lockdown: String?
  /// Whether the processor's virtualization can be used; `nil` where not recorded.
  ///
  /// On x86 the flags `vmx` and `svm`, which Linux leaves out where the firmware
  /// has switched it off; elsewhere whether there is a `/dev/kvm`.
  public var hasVirtualization: Bool?
  /// How much memory a program of the user may lock, in bytes; the highest number
  /// for no limit, `nil` where not recorded.
  public var lockedMemoryLimit: UInt64?
  /// The connectors of graphics cards; `nil` where not recorded.
  public var connectors: [DisplayConnector]?
  /// The nodes of IOMMU groups below /dev/vfio; `nil` where not recorded.
  public var passthroughNodes: [PassthroughNode]?
  /// The nodes of devices that programs have open; `nil` where nobody looked.
  public var openNodes: [OpenNode]?
  /// Whether the files of all programs were seen, and not of the user's own only.
  public var seesAllPrograms: Bool?

  /// Starts with nothing known.
  public init() {}
}

/// A range of addresses that an IOMMU group cannot map freely.
///
/// From `/sys/kernel/iommu_groups/N/reserved_regions` (Linux 4.11 and later).
public struct ReservedRegion: Hashable, Sendable {
  /// The group's number.
  public var group: Int
  /// The first address.
  public var start: UInt64
  /// The last address.
  public var end: UInt64
  /// `direct`, `direct-relaxable`, `reserved` or `msi`.
  public var type: String

  /// Records a region.
  public init(group: Int, start: UInt64, end: UInt64, type: String) {
    self.group = group
    self.start = start
    self.end = end
    self.type = type
  }
}
