// SPDX-License-Identifier: Apache-2.0

/// The Vendor-Specific Extended capability, extended id 0x000b.
///
/// PCI Express Base 6.0, section 7.9.5.
public struct VendorSpecificExtended: DecodedCapability {
  /// Its id and names, and the bytes that it takes at least.
  public static let kind = CapabilityKind(extended: 0x000b, "vsec", "Vendor-Specific", size: 8)
  /// Its registers.
  public let registers: RegisterBytes
  /// Takes the registers.
  public init(_ registers: RegisterBytes) { self.registers = registers }

  /// Vendor-Specific Header.
  public enum Header: RegisterFields {
    static let itself = Register(4, 4, "")
    /// VSEC ID, whose meaning is the vendor's.
    public static let id = hexadecimal(0...15, "id", digits: 4)
    /// VSEC Rev.
    public static let revision = number(16...19, "revision")
    /// VSEC Length in bytes, both headers included.
    public static let length = number(20...31, "length", unit: "bytes")
    static let fields = [id, revision, length]
  }

  /// The header; what follows it is the vendor's.
  public static let layout = RegisterLayout(Header.fields)

  /// VSEC ID, whose meaning is the vendor's.
  public var id: UInt16 { bits(Header.id) }
  /// VSEC Rev.
  public var revision: UInt8 { bits(Header.revision) }
  /// VSEC Length in bytes, both headers included.
  public var length: UInt16 { bits(Header.length) }
  /// The vendor's bytes after the headers; what was read of them.
  public var data: [UInt8] { registers.bytes(8..<max(Int(length), 8)) }

  /// Every field, in register order.
  public var fields: [Field] { Self.layout.fields(registers) + [Field("data", bytes: data)] }

  /// The names of all fields there can be.
  public static var fieldNames: [String] { layout.names + ["data"] }
}
