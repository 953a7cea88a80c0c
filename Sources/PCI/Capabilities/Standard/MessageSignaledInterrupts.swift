// SPDX-License-Identifier: Apache-2.0

/// The MSI capability, id 0x05.
///
/// PCI Local Bus 3.0, section 6.8.1; PCI Express Base 6.0, section 7.7.1.
public struct MessageSignaledInterrupts: DecodedCapability {
  /// The start of its dotted field names, `msi`.
  public static var shortName: String { "msi" }
  /// The specification's name.
  public static var title: String { "Message Signaled Interrupts" }

  /// Message Control at +2.
  public let control: UInt16
  /// Message Address at +4 and, with 64-bit addresses, +8.
  public let messageAddress: UInt64
  /// Message Data.
  public let messageData: UInt16
  /// Mask Bits, where the function can mask vectors.
  public let maskBits: UInt32?
  /// Pending Bits, where the function can mask vectors.
  public let pendingBits: UInt32?

  /// Decodes the registers: 10 to 24 bytes, by the control register.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let control = space.word(at: offset + 2), let low = space.doubleWord(at: offset + 4)
    else { return nil }
    self.control = control
    var address = UInt64(low)
    var next = offset + 8
    if control[bit: 7] {
      guard let high = space.doubleWord(at: next) else { return nil }
      address |= UInt64(high) << 32
      next += 4
    }
    guard let data = space.word(at: next) else { return nil }
    messageAddress = address
    messageData = data
    if control[bit: 8] {
      guard let mask = space.doubleWord(at: next + 4),
        let pending = space.doubleWord(at: next + 8)
      else { return nil }
      maskBits = mask
      pendingBits = pending
    } else {
      maskBits = nil
      pendingBits = nil
    }
  }

  /// MSI Enable.
  public var isEnabled: Bool { control[bit: 0] }
  /// How many vectors the function can use, 1 to 32; `nil` for a reserved code.
  public var vectorsCapable: UInt16? { Self.vectors(control[bits: 1...3]) }
  /// How many vectors the system gave it; `nil` for a reserved code.
  public var vectorsEnabled: UInt16? { Self.vectors(control[bits: 4...6]) }
  /// 64-bit Address Capable.
  public var has64BitAddress: Bool { control[bit: 7] }
  /// Per-Vector Masking Capable.
  public var canMaskVectors: Bool { control[bit: 8] }

  private static func vectors(_ code: UInt16) -> UInt16? { code <= 5 ? 1 << code : nil }

  /// Every field, in register order.
  public var fields: [Field] {
    var fields = [
      Field("control.enable", isEnabled),
      Field(
        "control.multipleMessageCapable", raw: UInt64(control[bits: 1...3]),
        vectorsCapable.map { .number(UInt64($0)) } ?? .text("reserved")),
      Field(
        "control.multipleMessageEnable", raw: UInt64(control[bits: 4...6]),
        vectorsEnabled.map { .number(UInt64($0)) } ?? .text("reserved")),
      Field("control.address64Bit", has64BitAddress),
      Field("control.perVectorMasking", canMaskVectors),
      Field("messageAddress", hexadecimal: messageAddress, digits: has64BitAddress ? 16 : 8),
      Field("messageData", hexadecimal: messageData, digits: 4),
    ]
    if let maskBits { fields.append(Field("maskBits", hexadecimal: maskBits, digits: 8)) }
    if let pendingBits { fields.append(Field("pendingBits", hexadecimal: pendingBits, digits: 8)) }
    return fields
  }

  /// The names of all fields there can be.
  public static var fieldNames: [String] {
    [
      "control.enable", "control.multipleMessageCapable", "control.multipleMessageEnable",
      "control.address64Bit", "control.perVectorMasking", "messageAddress", "messageData",
      "maskBits", "pendingBits",
    ]
  }
}
