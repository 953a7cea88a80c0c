// SPDX-License-Identifier: Apache-2.0

/// The Standard Hot-Plug Controller capability, id 0x0c.
///
/// PCI Standard Hot-Plug Controller and Subsystem 1.0.
public struct StandardHotPlug: DecodedCapability {
  /// The start of its dotted field names, `hotplug`.
  public static var shortName: String { "hotplug" }
  /// The specification's name.
  public static var title: String { "PCI Hot-Plug" }

  /// DWORD Select at +2.
  public let doubleWordSelect: UInt8
  /// Interrupt and system error pending at +3.
  public let pending: UInt8
  /// DWORD Data at +4.
  public let doubleWordData: UInt32

  /// Decodes the registers, 8 bytes.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let doubleWordSelect = space.byte(at: offset + 2),
      let pending = space.byte(at: offset + 3),
      let doubleWordData = space.doubleWord(at: offset + 4)
    else { return nil }
    self.doubleWordSelect = doubleWordSelect
    self.pending = pending
    self.doubleWordData = doubleWordData
  }

  /// Controller SERR Pending.
  public var isSystemErrorPending: Bool { pending[bit: 6] }
  /// Controller Interrupt Pending.
  public var isInterruptPending: Bool { pending[bit: 7] }

  /// Every field, in register order.
  public var fields: [Field] {
    Self.tables.fields([UInt64(doubleWordSelect), UInt64(pending), UInt64(doubleWordData)])
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { Self.tables.names }

  private static var tables: [RegisterTable] {
    [
      RegisterTable(
        "doubleWordSelect",
        [
          .number(0...7, "")
        ]),
      RegisterTable(
        "pending",
        [
          .flag(6, "systemErrorPending"),
          .flag(7, "interruptPending"),
        ]),
      .hexadecimal("doubleWordData", digits: 8),
    ]
  }
}
