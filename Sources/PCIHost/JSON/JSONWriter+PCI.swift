// SPDX-License-Identifier: Apache-2.0

public import PCI

extension Capability: JSONWritable {
  /// Writes a decoded capability: id, offset, version, name and fields.
  public func write(into json: inout JSONWriter) {
    json.object { json in
      json.header(entry.id, offset: entry.offset, version: entry.version)
      json.object("fields") { json in
        for field in fields { json.member(dynamic: field.name, field) }
      }
    }
  }
}

extension ListedCapability: JSONWritable {
  /// Writes a capability that only a text names.
  public func write(into json: inout JSONWriter) {
    json.object { json in
      json.header(id, offset: offset, version: version)
      json.member("text", text)
    }
  }
}

extension JSONWriter {
  fileprivate mutating func header(_ id: CapabilityID, offset: Int?, version: UInt8?) {
    member("id", id.hexadecimalDescription)
    member("isExtended", !id.isStandard)
    member("offset", offset)
    member("version", version)
    member("name", id.shortName)
    member("title", id.title)
  }
}

extension Field: JSONWritable {
  /// Writes a field by its meaning: a truth value, a number or a string.
  public func write(into json: inout JSONWriter) {
    switch meaning {
    case .flag(let flag): json.value(flag)
    case .number(let number, _): json.value(number)
    case .hexadecimal(let digits): json.hexadecimal(raw, digits: digits, prefix: true)
    case .text(let text): json.value(text)
    case .bytes(let bytes): json.hexadecimal(bytes)
    }
  }
}

extension JSONWriter {
  /// Writes bytes as one string of hexadecimal digits.
  mutating func hexadecimal(_ bytes: [UInt8]) {
    plainText { text in
      text.reserveCapacity(text.count + bytes.count * 2)
      for byte in bytes {
        for digit in [byte >> 4, byte & 0xf] {
          text.append(digit < 10 ? 0x30 &+ digit : 0x57 &+ digit)
        }
      }
    }
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
}
