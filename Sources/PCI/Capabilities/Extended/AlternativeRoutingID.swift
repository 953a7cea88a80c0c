// SPDX-License-Identifier: Apache-2.0

/// The ARI capability, extended id 0x000e.
///
/// PCI Express Base 6.0, section 7.8.8.
public struct AlternativeRoutingID: DecodedCapability {
  /// Its id and names, and the bytes that it takes at least.
  public static let kind = CapabilityKind(
    extended: 0x000e, "ari", "Alternative Routing-ID Interpretation", size: 8)
  /// Its registers.
  public let registers: RegisterBytes
  /// Takes the registers.
  public init(_ registers: RegisterBytes) { self.registers = registers }

  /// The capability register.
  public enum Capability: RegisterFields {
    static let itself = Register(4, 2, "capability")
    /// MFVC function groups.
    public static let mfvcFunctionGroups = flag(0, "mfvcFunctionGroups")
    /// ACS function groups.
    public static let acsFunctionGroups = flag(1, "acsFunctionGroups")
    /// The number of the next function of the device, or 0 at the last.
    public static let nextFunction = number(8...15, "nextFunction")
    static let fields = [mfvcFunctionGroups, acsFunctionGroups, nextFunction]
  }

  /// The control register.
  public enum Control: RegisterFields {
    static let itself = Register(6, 2, "control")
    /// MFVC function groups.
    public static let mfvcFunctionGroups = flag(0, "mfvcFunctionGroups")
    /// ACS function groups.
    public static let acsFunctionGroups = flag(1, "acsFunctionGroups")
    /// Function group.
    public static let functionGroup = number(4...6, "functionGroup")
    static let fields = [mfvcFunctionGroups, acsFunctionGroups, functionGroup]
  }

  /// The fields, in register order.
  public static let layout = RegisterLayout(registers: [Capability.fields, Control.fields])

  /// The number of the next function of the device, or 0 at the last.
  public var nextFunction: UInt8 { bits(Capability.nextFunction) }
}
