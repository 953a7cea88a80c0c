// SPDX-License-Identifier: Apache-2.0

/// The MSI-X capability, id 0x11.
///
/// PCI Local Bus 3.0, section 6.8.2; PCI Express Base 6.0, section 7.7.2.
public struct MessageSignaledInterruptsExtended: DecodedCapability {
  public static let kind = CapabilityKind(standard: 0x11, "msix", "MSI-X", size: 12)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  public enum Control: RegisterFields {
    static let itself = Register(2, 2, "control")
    /// How many vectors the table has, 1 to 2,048.
    public static let tableSize = number(0...10, "tableSize", adding: 1, unit: "vectors")
    /// All vectors are masked.
    public static let functionMask = flag(14, "functionMask")
    public static let enable = flag(15, "enable")
    static let fields = [tableSize, functionMask, enable]
  }

  /// Table Offset and BIR.
  public enum Table: RegisterFields {
    static let itself = Register(4, 4, "table")
    /// The index of the base address register that the table is in.
    public static let bar = number(0...2, "bar")
    /// Where the table starts in that window, in bytes.
    public static let offset = address(3...31, "offset", digits: 8)
    static let fields = [bar, offset]
  }

  /// PBA Offset and BIR.
  public enum PendingBitArray: RegisterFields {
    static let itself = Register(8, 4, "pendingBitArray")
    /// The index of the base address register that the pending bits are in.
    public static let bar = number(0...2, "bar")
    /// Where the pending bits start in that window, in bytes.
    public static let offset = address(3...31, "offset", digits: 8)
    static let fields = [bar, offset]
  }

  public static let layout = RegisterLayout(registers: [
    Control.fields, Table.fields, PendingBitArray.fields,
  ])

  /// How many vectors the table has, 1 to 2,048.
  public var vectorCount: UInt16 { bits(Control.tableSize) + 1 }
  /// All vectors are masked.
  public var isFunctionMasked: Bool { flag(Control.functionMask) }
  /// MSI-X Enable.
  public var isEnabled: Bool { flag(Control.enable) }
  /// The index of the base address register that the table is in.
  public var tableBaseAddressRegister: UInt8 { bits(Table.bar) }
  /// Where the table starts in that window, in bytes.
  public var tableOffset: UInt32 { UInt32(number(Table.offset) ?? 0) }
  /// The index of the base address register that the pending bits are in.
  public var pendingBaseAddressRegister: UInt8 { bits(PendingBitArray.bar) }
  /// Where the pending bits start in that window, in bytes.
  public var pendingOffset: UInt32 { UInt32(number(PendingBitArray.offset) ?? 0) }
}
