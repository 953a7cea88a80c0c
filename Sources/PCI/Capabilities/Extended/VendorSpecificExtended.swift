// SPDX-License-Identifier: Apache-2.0

/// The Vendor-Specific Extended capability, extended id 0x000b.
///
/// PCI Express Base 6.0, section 7.9.5.
public struct VendorSpecificExtended: DecodedCapability {
  public static let kind = CapabilityKind(extended: 0x000b, "vsec", "Vendor-Specific", size: 8)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

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

  public var fields: [Field] { Self.layout.fields(registers) + [Field("data", bytes: data)] }

  public static var fieldNames: [String] { layout.names + ["data"] }
}
