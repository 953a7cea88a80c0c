// SPDX-License-Identifier: Apache-2.0

/// The ARI capability, extended id 0x000e.
///
/// PCI Express Base 6.0, section 7.8.8.
public struct AlternativeRoutingID: DecodedCapability {
  public static let kind = CapabilityKind(
    extended: 0x000e, "ari", "Alternative Routing-ID Interpretation", size: 8)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  public enum Capability: RegisterFields {
    static let itself = Register(4, 2, "capability")
    public static let mfvcFunctionGroups = flag(0, "mfvcFunctionGroups")
    public static let acsFunctionGroups = flag(1, "acsFunctionGroups")
    /// The number of the next function of the device, or 0 at the last.
    public static let nextFunction = number(8...15, "nextFunction")
    static let fields = [mfvcFunctionGroups, acsFunctionGroups, nextFunction]
  }

  public enum Control: RegisterFields {
    static let itself = Register(6, 2, "control")
    public static let mfvcFunctionGroups = flag(0, "mfvcFunctionGroups")
    public static let acsFunctionGroups = flag(1, "acsFunctionGroups")
    public static let functionGroup = number(4...6, "functionGroup")
    static let fields = [mfvcFunctionGroups, acsFunctionGroups, functionGroup]
  }

  public static let layout = RegisterLayout(registers: [Capability.fields, Control.fields])

  /// The number of the next function of the device, or 0 at the last.
  public var nextFunction: UInt8 { bits(Capability.nextFunction) }
}
