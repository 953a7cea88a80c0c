// SPDX-License-Identifier: Apache-2.0

/// What a Linux host tells besides its functions.
public struct LinuxFacts: Hashable, Sendable {
  /// The kernel's command line; `nil` where not recorded.
  public var commandLine: String?
  /// The names of the firmware's ACPI tables; `nil` where not recorded.
  public var acpiTables: [String]?
  /// The kernel modules loaded, with `_`; `nil` where not recorded.
  public var modules: [String]?
  /// The reserved regions of each IOMMU group; empty where none is recorded.
  public var reservedRegions: [ReservedRegion]
  /// The order in which the kernel lists its functions, by requester id.
  ///
  /// From `/proc/bus/pci/devices`, which has no domain; `nil` where not recorded.
  public var deviceOrder: [UInt16]?

  /// Starts with nothing known.
  public init() { reservedRegions = [] }
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
