// SPDX-License-Identifier: Apache-2.0

public import PCI

/// A function that has no IOMMU group, and why.
public struct UngroupedFunction: Hashable, Sendable {
  /// The function.
  public var address: FunctionAddress
  /// Why it has none, in a sentence without a full stop.
  public var reason: String

  /// Records a function without a group.
  public init(address: FunctionAddress, reason: String) {
    self.address = address
    self.reason = reason
  }
}
