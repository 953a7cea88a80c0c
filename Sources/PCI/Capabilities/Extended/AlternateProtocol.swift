// SPDX-License-Identifier: Apache-2.0

/// The Alternate Protocol capability, extended id 0x002b.
///
/// PCI Express Base 6.0, section 7.9.20.
public struct AlternateProtocol: DecodedCapability {
  public static let kind = CapabilityKind(
    extended: 0x002b, "altprotocol", "Alternate Protocol", size: 20)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  public enum Capabilities: RegisterFields {
    static let itself = Register(4, 4, "capabilities")
    public static let count = number(0...7, "count")
    public static let selectiveEnableSupported = flag(8, "selectiveEnableSupported")
    static let fields = [count, selectiveEnableSupported]
  }

  public enum Control: RegisterFields {
    static let itself = Register(8, 4, "control")
    public static let indexSelect = number(0...7, "indexSelect")
    /// Alternate Protocol Negotiation Global Enable.
    public static let globalEnable = flag(8, "globalEnable")
    static let fields = [indexSelect, globalEnable]
  }

  /// Alternate Protocol Data 1.
  public enum Data1: RegisterFields {
    static let itself = Register(0xc, 4, "data1")
    public static let usageInformation = number(0...2, "usageInformation")
    public static let details = hexadecimal(5...15, "details", digits: 3)
    public static let vendorID = hexadecimal(16...31, "vendorID", digits: 4)
    static let fields = [usageInformation, details, vendorID]
  }

  /// Alternate Protocol Data 2.
  public enum Data2: RegisterFields {
    static let itself = Register(0x10, 4, "data2")
    /// Modified TS Information 2.
    public static let modifiedTSInformation = hexadecimal(
      0...23, "modifiedTSInformation", digits: 6)
    static let fields = [modifiedTSInformation]
  }

  public static let selectiveEnableMask = Register(
    0x14, 4, "selectiveEnableMask", if: hasSelectiveEnable
  ).hexadecimal()

  public static let layout = RegisterLayout(registers: [
    Capabilities.fields, Control.fields, Data1.fields, Data2.fields, [selectiveEnableMask],
  ])

  private static func hasSelectiveEnable(_ registers: RegisterBytes) -> Bool {
    registers[Capabilities.selectiveEnableSupported] == 1
  }
}
