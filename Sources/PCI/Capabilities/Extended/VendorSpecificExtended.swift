// SPDX-License-Identifier: Apache-2.0

/// The Vendor-Specific Extended capability, extended id 0x000b.
///
/// PCI Express Base 6.0, section 7.9.5.
public struct VendorSpecificExtended: DecodedCapability {
  /// The start of its dotted field names, `vsec`.
  public static var shortName: String { "vsec" }
  /// The specification's name.
  public static var title: String { "Vendor-Specific" }

  /// Vendor-Specific Header at +4.
  public let header: UInt32
  /// The vendor's bytes from +8; what was read of them.
  public let data: [UInt8]

  /// Decodes the registers: 8 bytes, and as many as the length says.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let header = space.doubleWord(at: offset + 4) else { return nil }
    self.header = header
    let end = min(offset + max(Int(header[bits: 20...31]), 8), space.count)
    data = Array(space.bytes[min(offset + 8, end)..<end])
  }

  /// VSEC ID, whose meaning is the vendor's.
  public var id: UInt16 { UInt16(header[bits: 0...15]) }
  /// VSEC Rev.
  public var revision: UInt8 { UInt8(header[bits: 16...19]) }
  /// VSEC Length in bytes, both headers included.
  public var length: UInt16 { UInt16(header[bits: 20...31]) }

  /// Every field, in register order.
  public var fields: [Field] {
    var fields = [
      Field("id", hexadecimal: id, digits: 4),
      Field("revision", revision),
      Field("length", length, unit: "bytes"),
    ]
    fields.append(Field("data", bytes: data))
    return fields
  }

  /// The names of all fields there can be.
  public static var fieldNames: [String] { ["id", "revision", "length", "data"] }
}
