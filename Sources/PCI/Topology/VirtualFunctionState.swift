// SPDX-License-Identifier: Apache-2.0

/// What a physical function says of its virtual functions.
///
/// Single Root I/O Virtualization; PCI Express Base 6.0, section 9. The sysfs
/// attributes are `sriov_totalvfs` and `sriov_numvfs`.
public struct VirtualFunctionState: Hashable, Sendable {
  /// How many virtual functions the device can have.
  public var total: UInt16
  /// How many are enabled now.
  public var enabled: UInt16

  /// Records the counts.
  public init(total: UInt16, enabled: UInt16) {
    self.total = total
    self.enabled = enabled
  }
}
