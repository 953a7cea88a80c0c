// SPDX-License-Identifier: Apache-2.0

/// The Vendor Specific capability, id 0x09, with the layout of virtio devices.
///
/// PCI Local Bus 3.0, section 6.7; Virtual I/O Device 1.2, section 4.1.4.
public struct VendorSpecific: DecodedCapability {
  /// The start of its dotted field names, `vendor`.
  public static var shortName: String { "vendor" }
  /// The specification's name.
  public static var title: String { "Vendor Specific" }

  /// The length of the capability at +2, in bytes, its header included.
  public let length: UInt8
  /// The vendor's bytes after the length; what was read of them.
  public let data: [UInt8]
  /// What a virtio device says there; `nil` for another vendor's function.
  public let virtio: VirtioStructure?

  /// The vendor id of virtio devices: Virtual I/O Device 1.2, section 4.1.2.
  static let virtioVendorID: UInt16 = 0x1af4

  /// Decodes the registers: 3 bytes, and as many as the length says.
  ///
  /// A length past the end of what was read is kept; the data is then shorter.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let length = space.byte(at: offset + 2) else { return nil }
    self.length = length
    let end = min(offset + max(Int(length), 3), space.count)
    data = Array(space.bytes[min(offset + 3, end)..<end])
    virtio =
      space.word(at: 0) == Self.virtioVendorID && length >= 16
      ? VirtioStructure(space, at: offset, length: Int(length)) : nil
  }

  /// Every field, in register order.
  public var fields: [Field] {
    var fields = [Field("length", length)]
    if let virtio {
      fields += virtio.fields
    } else {
      fields.append(Field("data", bytes: data))
    }
    return fields
  }

  /// The names of all fields there can be.
  public static var fieldNames: [String] {
    ["length", "data"] + VirtioStructure.fieldNames
  }
}
