// SPDX-License-Identifier: Apache-2.0

public import PCI

extension JSONWriter {
  /// Writes a decoded capability: id, offset, version, name and fields.
  public mutating func value(_ capability: Capability) {
    object { json in
      json.header(
        capability.entry.id, offset: capability.entry.offset, version: capability.entry.version)
      json.key("fields")
      json.object { json in
        for field in capability.fields {
          json.key(dynamic: field.name)
          json.value(field)
        }
      }
    }
  }

  /// Writes a capability that only a text names.
  public mutating func value(_ capability: ListedCapability) {
    object { json in
      json.header(capability.id, offset: capability.offset, version: capability.version)
      json.key("text")
      json.value(capability.text)
    }
  }

  private mutating func header(_ id: CapabilityID, offset: Int?, version: UInt8?) {
    key("id")
    value(id.hexadecimalDescription)
    key("isExtended")
    if case .extended = id { value(true) } else { value(false) }
    key("offset")
    value(offset)
    key("version")
    value(version)
    key("name")
    value(id.shortName)
    key("title")
    value(id.title)
  }

  /// Writes a field by its meaning: a truth value, a number or a string.
  public mutating func value(_ field: Field) {
    switch field.meaning {
    case .flag(let flag): value(flag)
    case .number(let number, _): value(number)
    case .hexadecimal(let digits): hexadecimal(field.raw, digits: digits, prefix: true)
    case .text(let text): value(text)
    case .bytes(let bytes): value(hexadecimal: bytes)
    }
  }

  /// Writes an array of strings.
  public mutating func strings(_ texts: [String]) {
    array { json in for text in texts { json.value(text) } }
  }

  /// Writes bytes as one string of hexadecimal digits.
  public mutating func value(hexadecimal bytes: [UInt8]) {
    var digits: [UInt8] = []
    digits.reserveCapacity(bytes.count * 2)
    for byte in bytes {
      for digit in [byte >> 4, byte & 0xf] {
        digits.append(digit < 10 ? 0x30 &+ digit : 0x57 &+ digit)
      }
    }
    value(String(decoding: digits, as: UTF8.self))
  }
}

extension BaseAddressRegister.Kind {
  /// The name in JSON: `io`, `memory32`, `memory64`, `memoryBelow1MiB`, `rom`.
  public var name: String {
    switch self {
    case .io: "io"
    case .memory32: "memory32"
    case .memoryBelow1MiB: "memoryBelow1MiB"
    case .memory64: "memory64"
    case .expansionROM: "rom"
    }
  }

  /// The kind with a name in JSON.
  init?(name: String) {
    switch name {
    case "io": self = .io
    case "memory32": self = .memory32
    case "memoryBelow1MiB": self = .memoryBelow1MiB
    case "memory64": self = .memory64
    case "rom": self = .expansionROM
    default: return nil
    }
  }
}
