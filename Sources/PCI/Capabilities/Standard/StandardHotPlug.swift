// SPDX-License-Identifier: Apache-2.0

/// The Standard Hot-Plug Controller capability, id 0x0c.
///
/// PCI Standard Hot-Plug Controller and Subsystem 1.0.
public struct StandardHotPlug: DecodedCapability {
  public static let kind = CapabilityKind(standard: 0x0c, "hotplug", "PCI Hot-Plug", size: 8)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  /// DWORD Select.
  public static let doubleWordSelect = Register(2, 1, "doubleWordSelect").number()

  /// Interrupt and system error pending.
  public enum Pending: RegisterFields {
    static let itself = Register(3, 1, "pending")
    /// Controller SERR Pending.
    public static let systemErrorPending = flag(6, "systemErrorPending")
    /// Controller Interrupt Pending.
    public static let interruptPending = flag(7, "interruptPending")
    static let fields = [systemErrorPending, interruptPending]
  }

  /// DWORD Data.
  public static let doubleWordData = Register(4, 4, "doubleWordData").hexadecimal()

  public static let layout = RegisterLayout(registers: [
    [doubleWordSelect], Pending.fields, [doubleWordData],
  ])
}
