// SPDX-License-Identifier: Apache-2.0

/// The node through which a program takes an IOMMU group: `/dev/vfio/12`.
public struct PassthroughNode: Hashable, Sendable {
  /// The group's number.
  public var group: Int
  /// The user id of its owner.
  public var owner: UInt32
  /// The permission bits, nine of them: 0600 is the kernel's own choice.
  public var permissions: UInt16

  /// Records a node.
  public init(group: Int, owner: UInt32, permissions: UInt16) {
    self.group = group
    self.owner = owner
    self.permissions = permissions
  }
}
