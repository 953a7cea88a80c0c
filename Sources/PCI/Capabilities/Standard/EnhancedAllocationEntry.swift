// SPDX-License-Identifier: Apache-2.0

/// One window of an Enhanced Allocation capability.
///
/// PCI Express Base 6.0, section 7.8.5.3.
public struct EnhancedAllocationEntry: RegisterBlock {
  public let registers: RegisterBytes

  /// What a window takes the place of.
  public enum Replaced: Hashable, Sendable {
    /// The base address register with this index, 0 to 5.
    case baseAddressRegister(UInt8)
    /// A window behind a bridge.
    case behindBridge
    /// Nothing: the window belongs to no register.
    case nothing
    /// The expansion ROM.
    case expansionROM
    /// The base address register of virtual functions with this index, 0 to 5.
    case virtualFunctionRegister(UInt8)
    /// A reserved code.
    case reserved(UInt8)
  }

  /// The first doubleword: size, what it replaces, properties.
  public enum Format: RegisterFields {
    static let itself = Register(0, 4, "")
    public static let entrySize = number(0...2, "entrySize", unit: "doublewords")
    /// What the window takes the place of (BAR Equivalent Indicator).
    public static let barEquivalent = computed(
      4...7, "barEquivalent", EnhancedAllocationEntry.indicatorName)
    public static let primaryProperties = computed(
      8...15, "primaryProperties", EnhancedAllocationEntry.propertyName)
    public static let secondaryProperties = computed(
      16...23, "secondaryProperties", EnhancedAllocationEntry.propertyName)
    /// Writable: software may move the window.
    public static let writable = flag(30, "writable")
    /// Enable: the window is in use.
    public static let enable = flag(31, "enable")
    static let fields = [
      entrySize, barEquivalent, primaryProperties, secondaryProperties, writable, enable,
    ]
  }

  /// The fields of the first doubleword; addresses take one more, or two.
  public static let layout = RegisterLayout(Format.fields)

  // Bit 1 of an address says that its upper half follows.
  private static func isWide(_ registers: RegisterBytes, _ position: Int) -> Bool {
    registers.doubleWord(at: position)?[bit: 1] ?? false
  }

  /// Whether the entry's addresses were read.
  static func isComplete(_ registers: RegisterBytes) -> Bool {
    guard registers.holds(12) else { return false }
    return registers.holds(
      12 + (isWide(registers, 4) ? 4 : 0) + (isWide(registers, 8) ? 4 : 0))
  }

  private func address(_ position: Int, upper: Int) -> UInt64 {
    let low = UInt64(registers.doubleWord(at: position) ?? 0)
    guard Self.isWide(registers, position) else { return low }
    return low | UInt64(registers.doubleWord(at: upper) ?? 0) << 32
  }

  /// The first address, 64 bits where bit 1 of its register is set.
  public var base: UInt64 { address(4, upper: 12) & ~3 }
  /// The last offset in the window: the size less one, in bytes.
  public var maxOffset: UInt64 { address(8, upper: Self.isWide(registers, 4) ? 16 : 12) | 3 }

  /// How many bytes the entry takes: Entry Size, in doublewords after the first.
  var byteCount: Int { 4 + 4 * bits(Format.entrySize) }

  /// What the window takes the place of (BAR Equivalent Indicator).
  public var replaced: Replaced {
    switch bits(Format.barEquivalent) as UInt8 {
    case let index where index < 6: .baseAddressRegister(index)
    case 6: .behindBridge
    case 7: .nothing
    case 8: .expansionROM
    case let index where index < 15: .virtualFunctionRegister(index - 9)
    case let index: .reserved(index)
    }
  }

  /// Enable: the window is in use.
  public var isEnabled: Bool { flag(Format.enable) }
  /// Writable: software may move the window.
  public var isWritable: Bool { flag(Format.writable) }
  /// The size in bytes; `nil` for the whole 64-bit space.
  public var size: UInt64? {
    let (size, overflow) = maxOffset.addingReportingOverflow(1)
    return overflow ? nil : size
  }

  /// What the properties codes stand for: section 7.8.5.3, table of properties.
  static func propertyName(_ code: UInt64) -> Field.Meaning {
    switch code {
    case 0x00: .text("memory, non-prefetchable")
    case 0x01: .text("memory, prefetchable")
    case 0x02: .text("I/O")
    case 0x03: .text("memory of virtual functions, prefetchable")
    case 0x04: .text("memory of virtual functions, non-prefetchable")
    case 0x05: .text("memory behind the bridge, non-prefetchable")
    case 0x06: .text("memory behind the bridge, prefetchable")
    case 0x07: .text("I/O behind the bridge")
    case 0xfd: .text("unavailable memory")
    case 0xfe: .text("unavailable I/O")
    case 0xff: .text("unavailable")
    default: .text("reserved (\(code))")
    }
  }

  /// What the indicator stands for, in words.
  static func indicatorName(_ code: UInt64) -> Field.Meaning {
    switch code {
    case 0...5: .text("bar\(code)")
    case 6: .text("behind the bridge")
    case 7: .text("no register")
    case 8: .text("expansion ROM")
    case 9...14: .text("vfBAR\(code - 9)")
    default: .text("reserved (\(code))")
    }
  }

  public var fields: [Field] {
    Self.layout.fields(registers) + [
      Field("base", hexadecimal: base, digits: 16),
      Field("maxOffset", hexadecimal: maxOffset, digits: 16),
    ]
  }

  public static var fieldNames: [String] { layout.names + ["base", "maxOffset"] }
}
