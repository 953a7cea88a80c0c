// SPDX-License-Identifier: Apache-2.0

/// The bus numbers a bridge holds.
///
/// PCI-to-PCI Bridge Architecture 1.2, section 3.2.5.
public struct BridgeBuses: Hashable, Sendable {
  /// The bus the bridge sits on, as its register says; `nil` where not recorded.
  public var primary: UInt8?
  /// The bus right below the bridge.
  public var secondary: UInt8
  /// The highest bus below the bridge.
  public var subordinate: UInt8

  /// Records the bus numbers of a bridge.
  public init(primary: UInt8?, secondary: UInt8, subordinate: UInt8) {
    self.primary = primary
    self.secondary = secondary
    self.subordinate = subordinate
  }

  /// Whether the numbers describe buses that can exist below `bus`.
  ///
  /// Bridges that no firmware has set up read 0, and a broken one can name a
  /// bus at or above its own, which would make the tree a loop.
  public func isValid(above bus: UInt8) -> Bool {
    secondary > bus && subordinate >= secondary
  }
}

extension ConfigurationSpace {
  /// The bus numbers of a type 1 or type 2 header.
  public var bridgeBuses: BridgeBuses? {
    guard headerType == .bridge || headerType == .cardBus, let primary = byte(at: 0x18),
      let secondary = byte(at: 0x19), let subordinate = byte(at: 0x1a)
    else { return nil }
    return BridgeBuses(primary: primary, secondary: secondary, subordinate: subordinate)
  }
}
