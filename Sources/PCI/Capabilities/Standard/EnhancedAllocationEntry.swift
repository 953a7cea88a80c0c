// SPDX-License-Identifier: Apache-2.0

/// One window of an Enhanced Allocation capability.
///
/// PCI Express Base 6.0, section 7.8.5.3.
public struct EnhancedAllocationEntry: Hashable, Sendable {
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
  public let format: UInt32
  /// The first address, 64 bits where bit 1 of its register is set.
  public let base: UInt64
  /// The last offset in the window: the size less one, in bytes.
  public let maxOffset: UInt64

  init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let format = space.doubleWord(at: offset),
      let baseLow = space.doubleWord(at: offset + 4),
      let maxLow = space.doubleWord(at: offset + 8)
    else { return nil }
    self.format = format
    var next = offset + 12
    var base = UInt64(baseLow & ~3)
    if baseLow[bit: 1] {
      guard let high = space.doubleWord(at: next) else { return nil }
      base |= UInt64(high) << 32
      next += 4
    }
    var maximum = UInt64(maxLow | 3)
    if maxLow[bit: 1] {
      guard let high = space.doubleWord(at: next) else { return nil }
      maximum |= UInt64(high) << 32
    }
    self.base = base
    maxOffset = maximum
  }

  /// How many bytes the entry takes: Entry Size, in doublewords after the first.
  var byteCount: Int { 4 + 4 * Int(format[bits: 0...2]) }

  /// What the window takes the place of (BAR Equivalent Indicator).
  public var replaced: Replaced {
    switch UInt8(format[bits: 4...7]) {
    case let index where index < 6: .baseAddressRegister(index)
    case 6: .behindBridge
    case 7: .nothing
    case 8: .expansionROM
    case let index where index < 15: .virtualFunctionRegister(index - 9)
    case let index: .reserved(index)
    }
  }

  /// Enable: the window is in use.
  public var isEnabled: Bool { format[bit: 31] }
  /// Writable: software may move the window.
  public var isWritable: Bool { format[bit: 30] }
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

  private static var table: RegisterTable {
    RegisterTable(
      "",
      [
        .number(0...2, "entrySize", unit: "doublewords"),
        .computed(4...7, "barEquivalent") { indicatorName($0) },
        .computed(8...15, "primaryProperties") { propertyName($0) },
        .computed(16...23, "secondaryProperties") { propertyName($0) },
        .flag(30, "writable"),
        .flag(31, "enable"),
      ])
  }

  /// The fields under a prefix.
  func fields(prefix: String) -> [Field] {
    Self.table.fields(UInt64(format), prefix: prefix) + [
      Field(prefix + "base", hexadecimal: base, digits: 16),
      Field(prefix + "maxOffset", hexadecimal: maxOffset, digits: 16),
    ]
  }

  static var fieldNames: [String] { table.names + ["base", "maxOffset"] }
}
