// SPDX-License-Identifier: Apache-2.0

/// Where one structure of a virtio device is.
///
/// Virtual I/O Device 1.2, section 4.1.4.
public struct VirtioStructure: Hashable, Sendable {
  /// Which structure: 1 common, 2 notifications, 3 ISR, 4 device, 5 access, 8 shared memory.
  public let type: UInt8
  /// The index of the base address register it is in.
  public let baseAddressRegister: UInt8
  /// Which of several structures of one type it is.
  public let id: UInt8
  /// Where it starts in the window, in bytes.
  public let offset: UInt64
  /// Its length in bytes.
  public let length: UInt64
  /// The multiplier for queue notification offsets; `nil` but for notifications.
  public let notifyMultiplier: UInt32?

  init?(_ space: ConfigurationSpace, at position: Int, length: Int) {
    guard let type = space.byte(at: position + 3), let bar = space.byte(at: position + 4),
      let id = space.byte(at: position + 5), let low = space.doubleWord(at: position + 8),
      let lengthLow = space.doubleWord(at: position + 12)
    else { return nil }
    self.type = type
    baseAddressRegister = bar
    self.id = id
    var offset = UInt64(low)
    var size = UInt64(lengthLow)
    // Shared memory has the upper halves after the 16 bytes that all have.
    if type == 8, length >= 24, let high = space.doubleWord(at: position + 16),
      let lengthHigh = space.doubleWord(at: position + 20)
    {
      offset |= UInt64(high) << 32
      size |= UInt64(lengthHigh) << 32
    }
    self.offset = offset
    self.length = size
    notifyMultiplier = type == 2 && length >= 20 ? space.doubleWord(at: position + 16) : nil
  }

  /// What the specification calls the structure.
  public var typeName: String {
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

  var fields: [Field] {
    var fields = [
      Field("virtio.type", raw: UInt64(type), .text(typeName)),
      Field("virtio.bar", baseAddressRegister),
      Field("virtio.id", id),
      Field("virtio.offset", hexadecimal: offset, digits: 8),
      Field("virtio.length", hexadecimal: length, digits: 8),
    ]
    if let notifyMultiplier {
      fields.append(Field("virtio.notifyMultiplier", hexadecimal: notifyMultiplier, digits: 8))
    }
    return fields
  }

  static var fieldNames: [String] {
    ["type", "bar", "id", "offset", "length", "notifyMultiplier"].map { "virtio." + $0 }
  }
}
