// SPDX-License-Identifier: Apache-2.0

/// The Vital Product Data capability, id 0x03.
///
/// PCI Local Bus 3.0, appendix I; PCI Express Base 6.0, section 7.9.18.
///
/// The strings themselves are not in configuration space: they are read through
/// these registers. ``VitalProductDataContents`` reads what came out.
public struct VitalProductData: DecodedCapability {
  public static let kind = CapabilityKind(standard: 0x03, "vpd", "Vital Product Data", size: 8)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  /// VPD Address and flag.
  public enum Address: RegisterFields {
    static let itself = Register(2, 2, "address")
    /// VPD Address, in bytes.
    public static let value = hexadecimal(0...14, "value", digits: 4)
    /// Flag: set by the device when a read is done.
    public static let flag = flag(15, "flag")
    static let fields = [value, flag]
  }

  public static let data = Register(4, 4, "data").hexadecimal()

  public static let layout = RegisterLayout(registers: [Address.fields, [data]])
}
