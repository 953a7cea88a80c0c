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

  /// Whether a base address register of virtual functions has a size and no address, so
  /// that none can be enabled (Linux drivers/pci/iov.c, `sriov_enable`: ENOMEM).
  ///
  /// `false` where the source does not tell.
  public var lacksWindows: Bool

  /// Records the counts.
  public init(total: UInt16, enabled: UInt16, lacksWindows: Bool = false) {
    self.total = total
    self.enabled = enabled
    self.lacksWindows = lacksWindows
  }
}
