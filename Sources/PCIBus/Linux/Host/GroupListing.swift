// SPDX-License-Identifier: Apache-2.0

/// What the kernel's directory of IOMMU groups, `kernel/iommu_groups`, shows.
enum GroupListing: Hashable, Sendable {
  /// It has groups.
  case filled
  /// It is empty.
  case empty
  /// There is no such directory: no sysfs, or a kernel or a recording without it.
  case absent
  /// It could not be listed.
  case unreadable
}
