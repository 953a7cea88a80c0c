// SPDX-License-Identifier: Apache-2.0

/// One range of addresses that a bridge passes on to its secondary bus.
public struct BridgeWindow: Hashable, Sendable {
  /// The space a window is in.
  public enum Kind: Hashable, Sendable {
    /// I/O space.
    case io
    /// Memory whose reads can have side effects.
    case memory
    /// Memory that may be read ahead.
    case prefetchableMemory
  }

  /// The space the window is in.
  public let kind: Kind
  /// The first address, in bytes.
  public let base: UInt64
  /// The last address, in bytes.
  public let limit: UInt64
  /// How wide the bridge's addresses are in this space, in bits: 16, 32 or 64.
  public let addressWidth: Int

  /// Describes a window.
  public init(kind: Kind, base: UInt64, limit: UInt64, addressWidth: Int) {
    self.kind = kind
    self.base = base
    self.limit = limit
    self.addressWidth = addressWidth
  }

  /// Whether the bridge passes anything on: a limit below the base closes the window.
  public var isOpen: Bool { limit >= base }
  /// The size in bytes; `nil` for a closed window and for the whole 64-bit space.
  public var size: UInt64? {
    guard isOpen, limit - base < UInt64.max else { return nil }
    return limit - base + 1
  }
}
