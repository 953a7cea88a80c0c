// SPDX-License-Identifier: Apache-2.0

/// Where one structure of a virtio device is.
///
/// Virtual I/O Device 1.2, section 4.1.4.
public struct VirtioStructure: RegisterBlock {
  public let registers: RegisterBytes

  init(_ registers: RegisterBytes) { self.registers = registers }

  /// Which structure: 1 common, 2 notifications, 3 ISR, 4 device, 5 access, 8 shared memory.
  public static let type = Register(3, 1, "virtio.type").computed(0...7) { code in
    .text(typeName(UInt8(truncatingIfNeeded: code)))
  }
  /// The index of the base address register it is in.
  public static let bar = Register(4, 1, "virtio.bar").number()
  /// Which of several structures of one type it is.
  public static let id = Register(5, 1, "virtio.id").number()
  /// Where it starts in the window, in bytes, lower half.
  static let offsetLow = Register(8, 4, "virtio.offset")
  /// Its length in bytes, lower half.
  static let lengthLow = Register(12, 4, "virtio.length")
  /// The multiplier for queue notification offsets; `nil` but for notifications.
  public static let notifyMultiplier = Register(
    16, 4, "virtio.notifyMultiplier",
    if: { $0[type] == 2 && $0[VendorSpecific.length] ?? 0 >= 20 }
  ).hexadecimal()

  // Shared memory has the upper halves after the 16 bytes that all have.
  private var hasUpperHalves: Bool {
    type == 8 && registers[VendorSpecific.length] ?? 0 >= 24 && registers.holds(24)
  }

  private func value(_ low: Register, _ high: Int) -> UInt64 {
    let upper = hasUpperHalves ? registers.doubleWord(at: high) : nil
    return value(low) | UInt64(upper ?? 0) << 32
  }

  /// Which structure: 1 common, 2 notifications, 3 ISR, 4 device, 5 access, 8 shared memory.
  public var type: UInt8 { bits(Self.type) }
  /// The index of the base address register it is in.
  public var baseAddressRegister: UInt8 { bits(Self.bar) }
  /// Where it starts in the window, in bytes.
  public var offset: UInt64 { value(Self.offsetLow, 16) }
  /// Its length in bytes.
  public var length: UInt64 { value(Self.lengthLow, 20) }
  /// What the specification calls the structure.
  public var typeName: String { Self.typeName(type) }

  private static func typeName(_ type: UInt8) -> String {
    switch type {
    case 1: "common configuration"
    case 2: "notifications"
    case 3: "ISR status"
    case 4: "device-specific configuration"
    case 5: "PCI configuration access"
    case 8: "shared memory region"
    case 9: "vendor data"
    default: "reserved (\(type))"
    }
  }

  /// The fields that one register holds; offset and length are made from two.
  public static let layout = RegisterLayout([type, bar, id, notifyMultiplier])

  public var fields: [Field] {
    var fields = Self.layout.fields(registers)
    fields.insert(
      contentsOf: [
        Field(Self.offsetLow.name, hexadecimal: offset, digits: 8),
        Field(Self.lengthLow.name, hexadecimal: length, digits: 8),
      ], at: 3)
    return fields
  }

  public static var fieldNames: [String] {
    var names = layout.names
    names.insert(contentsOf: [offsetLow.name, lengthLow.name], at: 3)
    return names
  }
}
