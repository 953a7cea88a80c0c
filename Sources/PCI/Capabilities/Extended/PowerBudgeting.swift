// SPDX-License-Identifier: Apache-2.0

/// The Power Budgeting capability, extended id 0x0004.
///
/// PCI Express Base 6.0, section 7.8.1.
public struct PowerBudgeting: DecodedCapability {
  public static let kind = CapabilityKind(
    extended: 0x0004, "powerbudget", "Power Budgeting", size: 13)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  public static let dataSelect = Register(4, 1, "dataSelect").number()

  public enum Data: RegisterFields {
    static let itself = Register(8, 4, "data")
    /// Base Power, before the scale.
    public static let basePower = number(0...7, "basePower")
    public static let dataScale = names(8...9, "dataScale", ["1x", "0.1x", "0.01x", "0.001x"])
    public static let pmSubState = number(10...12, "pmSubState")
    public static let pmState = names(13...14, "pmState", ["D0", "D1", "D2", "D3"])
    /// Type of operation.
    public static let type = names(
      15...17, "type",
      [
        "PME Aux", "auxiliary", "idle", "sustained", "sustained, emergency",
        "maximum, emergency", "reserved", "maximum",
      ])
    public static let powerRail = names(
      18...20, "powerRail",
      ["12 V", "3.3 V", "1.5 or 1.8 V", "reserved", "48 V", "5 V", "reserved", "thermal"])
    static let fields = [basePower, dataScale, pmSubState, pmState, type, powerRail]
  }

  public enum Capability: RegisterFields {
    static let itself = Register(0xc, 1, "capability")
    /// System Allocated: the power is part of the system's budget.
    public static let systemAllocated = flag(0, "systemAllocated")
    static let fields = [systemAllocated]
  }

  public static let layout = RegisterLayout(registers: [
    [dataSelect], Data.fields, Capability.fields,
  ])
}
