// SPDX-License-Identifier: Apache-2.0

/// The Vendor Specific capability, id 0x09, with the layout of virtio devices.
///
/// PCI Local Bus 3.0, section 6.7; Virtual I/O Device 1.2, section 4.1.4.
public struct VendorSpecific: DecodedCapability {
  public static let kind = CapabilityKind(standard: 0x09, "vendor", "Vendor Specific", size: 3)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  /// The vendor id of virtio devices: Virtual I/O Device 1.2, section 4.1.2.
  static let virtioVendorID: UInt16 = 0x1af4

  /// The length of the capability, in bytes, its header included.
  public static let length = Register(2, 1, "length").number()

  /// The length; what follows it is the vendor's.
  public static let layout = RegisterLayout([length])

  /// The length of the capability, in bytes, its header included.
  public var length: UInt8 { bits(Self.length) }
  /// The vendor's bytes after the length; what was read of them.
  ///
  /// A length past the end of what was read is kept; the data is then shorter.
  public var data: [UInt8] { registers.bytes(3..<max(Int(length), 3)) }
  /// What a virtio device says there; `nil` for another vendor's function.
  public var virtio: VirtioStructure? {
    guard registers.space.word(at: 0) == Self.virtioVendorID, length >= 16, registers.holds(16)
    else { return nil }
    return VirtioStructure(registers)
  }

  public var fields: [Field] {
    Self.layout.fields(registers) + (virtio?.fields ?? [Field("data", bytes: data)])
  }

  public static var fieldNames: [String] {
    layout.names + ["data"] + VirtioStructure.fieldNames
  }
}
