// SPDX-License-Identifier: Apache-2.0

/// One element of a capability list: which capability, and where.
public struct CapabilityEntry: Hashable, Sendable {
  /// Which capability it is.
  public let id: CapabilityID
  /// The offset of its header in configuration space.
  public let offset: Int
  /// The version in an extended capability's header; `nil` for a standard one.
  public let version: UInt8?

  /// Records an element.
  public init(id: CapabilityID, offset: Int, version: UInt8?) {
    self.id = id
    self.offset = offset
    self.version = version
  }
}
