// SPDX-License-Identifier: Apache-2.0

/// The MSI capability, id 0x05.
///
/// PCI Local Bus 3.0, section 6.8.1; PCI Express Base 6.0, section 7.7.1.
public struct MessageSignaledInterrupts: DecodedCapability {
  public static let kind = CapabilityKind(
    standard: 0x05, "msi", "Message Signaled Interrupts", size: 10)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  public enum Control: RegisterFields {
    static let itself = Register(2, 2, "control")
    public static let enable = flag(0, "enable")
    /// How many vectors the function can use.
    public static let multipleMessageCapable = computed(
      1...3, "multipleMessageCapable", MessageSignaledInterrupts.count)
    /// How many vectors the system gave it.
    public static let multipleMessageEnable = computed(
      4...6, "multipleMessageEnable", MessageSignaledInterrupts.count)
    /// 64-bit Address Capable.
    public static let address64Bit = flag(7, "address64Bit")
    /// Per-Vector Masking Capable.
    public static let perVectorMasking = flag(8, "perVectorMasking")
    static let fields = [
      enable, multipleMessageCapable, multipleMessageEnable, address64Bit, perVectorMasking,
    ]
  }

  /// Message Address, of a function with 32-bit addresses.
  public static let messageAddress32 = Register(4, 4, "messageAddress", if: { !isWide($0) })
    .hexadecimal()
  /// Message Address, of a function with 64-bit addresses.
  public static let messageAddress64 = Register(4, 8, "messageAddress", if: isWide).hexadecimal()
  /// Message Data, of a function with 32-bit addresses.
  public static let messageData32 = Register(8, 2, "messageData", if: { !isWide($0) })
    .hexadecimal()
  /// Message Data, of a function with 64-bit addresses.
  public static let messageData64 = Register(12, 2, "messageData", if: isWide).hexadecimal()
  /// Mask Bits, where the function can mask vectors and has 32-bit addresses.
  public static let maskBits32 = Register(
    12, 4, "maskBits", if: { canMask($0) && !isWide($0) }
  ).hexadecimal()
  /// Mask Bits, where the function can mask vectors and has 64-bit addresses.
  public static let maskBits64 = Register(
    16, 4, "maskBits", if: { canMask($0) && isWide($0) }
  ).hexadecimal()
  /// Pending Bits, where the function can mask vectors and has 32-bit addresses.
  public static let pendingBits32 = Register(
    16, 4, "pendingBits", if: { canMask($0) && !isWide($0) }
  ).hexadecimal()
  /// Pending Bits, where the function can mask vectors and has 64-bit addresses.
  public static let pendingBits64 = Register(
    20, 4, "pendingBits", if: { canMask($0) && isWide($0) }
  ).hexadecimal()

  /// The fields, in register order; of two with one name, a function has one.
  public static let layout = RegisterLayout(registers: [
    Control.fields,
    [
      messageAddress32, messageAddress64, messageData32, messageData64, maskBits32, maskBits64,
      pendingBits32, pendingBits64,
    ],
  ])

  private static func isWide(_ registers: RegisterBytes) -> Bool {
    registers[Control.address64Bit] == 1
  }

  private static func canMask(_ registers: RegisterBytes) -> Bool {
    registers[Control.perVectorMasking] == 1
  }

  /// Whether all was read that the control register says there is: 10 to 24 bytes.
  public static func isComplete(_ registers: RegisterBytes) -> Bool {
    let size = canMask(registers) ? 20 : 10
    return registers.holds(4) && registers.holds(isWide(registers) ? size + 4 : size)
  }

  private static func vectors(_ code: UInt64) -> UInt16? { code <= 5 ? 1 << UInt16(code) : nil }

  private static func count(_ code: UInt64) -> Field.Meaning {
    vectors(code).map { .number(UInt64($0)) } ?? .text("reserved")
  }

  /// MSI Enable.
  public var isEnabled: Bool { flag(Control.enable) }
  /// How many vectors the function can use, 1 to 32; `nil` for a reserved code.
  public var vectorsCapable: UInt16? { Self.vectors(bits(Control.multipleMessageCapable)) }
  /// How many vectors the system gave it; `nil` for a reserved code.
  public var vectorsEnabled: UInt16? { Self.vectors(bits(Control.multipleMessageEnable)) }
  /// 64-bit Address Capable.
  public var has64BitAddress: Bool { flag(Control.address64Bit) }
  /// Per-Vector Masking Capable.
  public var canMaskVectors: Bool { flag(Control.perVectorMasking) }
  /// Message Address.
  public var messageAddress: UInt64 {
    bits(has64BitAddress ? Self.messageAddress64 : Self.messageAddress32)
  }
  /// Message Data.
  public var messageData: UInt16 {
    bits(has64BitAddress ? Self.messageData64 : Self.messageData32)
  }
  /// Mask Bits, where the function can mask vectors.
  public var maskBits: UInt32? {
    self[has64BitAddress ? Self.maskBits64 : Self.maskBits32].map { UInt32($0) }
  }
  /// Pending Bits, where the function can mask vectors.
  public var pendingBits: UInt32? {
    self[has64BitAddress ? Self.pendingBits64 : Self.pendingBits32].map { UInt32($0) }
  }

  /// The names of all fields there can be, each once.
  public static var fieldNames: [String] {
    var names: [String] = []
    for name in layout.names where !names.contains(name) { names.append(name) }
    return names
  }
}
