// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import PCI

/// One capability as bytes, with what its fields must say.
///
/// The expectations are worked out from the bit positions of the specification
/// that the type cites, or are the text of another decoder where noted.
struct CapabilityCase: Sendable, CustomStringConvertible {
  let name: String
  let id: CapabilityID
  let version: UInt8
  /// The registers after the header's two or four bytes.
  let bytes: [UInt8]
  let headerType: UInt8
  let vendorID: UInt16
  let expected: [String: String]

  var description: String { name }

  init(
    _ name: String, _ id: CapabilityID, _ bytes: [UInt8], headerType: UInt8 = 0,
    vendorID: UInt16 = 0x8086, _ expected: [String: String]
  ) {
    self.name = name
    self.id = id
    version = 0
    self.bytes = bytes
    self.headerType = headerType
    self.vendorID = vendorID
    self.expected = expected
  }

  init(
    _ name: String, extended id: CapabilityID, version: UInt8 = 1, _ bytes: [UInt8],
    _ expected: [String: String]
  ) {
    self.name = name
    self.id = id
    self.version = version
    self.bytes = bytes
    headerType = 0
    vendorID = 0x8086
    self.expected = expected
  }

  /// A configuration space with this capability alone, behind a PCI Express root port's.
  ///
  /// Extended capabilities need one: their layout can depend on port type and
  /// link width, which are root port and x4. A type 1 header is a PCI bridge's.
  var space: ConfigurationSpace {
    var space = [UInt8](repeating: 0, count: 4096)
    space[0] = UInt8(vendorID & 0xff)
    space[1] = UInt8(vendorID >> 8)
    space[6] = 0x10
    if headerType == 1 { space.replaceSubrange(0x0a...0x0b, with: [0x04, 0x06]) }
    space[0x0e] = headerType
    space[0x34] = 0x40
    switch id {
    case .standard(let id):
      space[0x40] = id.rawValue
      for (index, byte) in bytes.enumerated() { space[0x42 + index] = byte }
    case .extended(let id):
      space[0x40] = 0x10
      space[0x42] = 0x42
      space[0x4c] = 0x41
      space[0x100] = UInt8(id.rawValue & 0xff)
      space[0x101] = UInt8(id.rawValue >> 8)
      space[0x102] = version
      for (index, byte) in bytes.enumerated() { space[0x104 + index] = byte }
    }
    return ConfigurationSpace(space)
  }

  /// The capability, decoded.
  var capability: Capability? { space.capabilities.first { $0.entry.id == id } }

  /// Compares each expected field, and that the catalogue has a name for every field.
  func check() throws {
    let capability = try #require(capability)
    #expect(!capability.isTruncated)
    let names = id.fieldNames
    for (name, text) in expected {
      let field = capability.fields.first { $0.name == name }
      #expect(field?.spelling == text, "\(name)")
    }
    for field in capability.fields {
      let full = FieldCatalogue.pattern(of: capability.shortName + "." + field.name)
      #expect(names.contains(full), "\(full)")
    }
  }

  /// Little-endian doublewords as bytes.
  static func doubleWords(_ values: UInt32...) -> [UInt8] {
    values.flatMap { value in (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
  }
}

extension Field {
  /// The meaning as the expectations of the tests write it.
  var spelling: String {
    switch meaning {
    case .flag(let flag): flag ? "yes" : "no"
    case .number(let number, let unit): unit.map { "\(number) " + $0 } ?? String(number)
    case .hexadecimal: "0x" + String(raw, radix: 16)
    case .text(let text): text
    case .bytes(let bytes): bytes.map { String($0, radix: 16) }.joined(separator: " ")
    }
  }
}
