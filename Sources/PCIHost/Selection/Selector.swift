// SPDX-License-Identifier: Apache-2.0

public import PCI

/// A way in which a user names one or more functions.
public enum Selector: Hashable, Sendable {
  /// One address: `0000:0a:00.0`, `pci0:10:0:0`, `10/0/0`.
  case address(FunctionAddress)
  /// All functions of a slot: `0a:00`.
  case slot(FunctionAddress)
  /// An address that must have a certain name: `em0@pci0:10:0:0`.
  case named(String, FunctionAddress)
  /// A driver unit, a network interface or another device that a driver made: `em0`.
  case name(String)
  /// Every function with this vendor and device: `8086:1521`.
  case identity(vendor: UInt16, device: UInt16)
  /// Every function of a class by number: `class:0200`.
  case classCode(value: UInt32, mask: UInt32)
  /// Every function of a class by its word: `class:display`.
  case classKeyword(String)
  /// Every member of a reported IOMMU group: `group:12`.
  case group(Int)
  /// Every function of a driver: `driver:igb`.
  case driver(String)

  /// Reads a selector as a user types it.
  ///
  /// Two numbers of four digits each are vendor and device; two of one or two
  /// digits are bus and device.
  public init(_ text: String) throws(SelectorError) {
    guard let selector = Self.parse(text) else { throw .malformed(text) }
    self = selector
  }

  private static func parse(_ text: String) -> Selector? {
    if let rest = text.suffix(after: "class:") { return parseClass(rest) }
    if let rest = text.suffix(after: "group:") {
      var reader = NumberReader(rest.utf8)
      guard let number = reader.decimal(), reader.isAtEnd else { return nil }
      return .group(Int(number))
    }
    if let rest = text.suffix(after: "driver:") { return rest.isEmpty ? nil : .driver(rest) }
    if let at = text.utf8.firstIndex(of: UInt8(ascii: "@")) {
      let name = String(text[..<at])
      let place = String(text[text.utf8.index(after: at)...])
      guard !name.isEmpty, let numbers = place.suffix(after: "pci"),
        let address = FunctionAddress(freeBSDNumbers: numbers)
      else { return nil }
      return .named(name, address)
    }
    if let address = FunctionAddress(text) { return .address(address) }
    if let address = FunctionAddress(bhyveTriple: text) { return .address(address) }
    if let numbers = text.suffix(after: "pci"),
      let address = FunctionAddress(freeBSDNumbers: numbers)
    {
      return .address(address)
    }
    if text.utf8.contains(UInt8(ascii: ":")) { return parsePair(text) }
    // A name as systems make them: letters, digits and a few signs.
    guard let first = text.utf8.first, !text.utf8.contains(where: { !isNameByte($0) }),
      hexadecimalDigit(first) == nil || text.utf8.contains(where: { hexadecimalDigit($0) == nil })
    else { return nil }
    return .name(text)
  }

  /// `8086:1521`, `0a:00` or `0000:0a:00`.
  private static func parsePair(_ text: String) -> Selector? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    var numbers: [UInt32] = []
    for part in parts {
      var reader = NumberReader(part.utf8)
      guard let number = reader.hexadecimal(), reader.isAtEnd else { return nil }
      numbers.append(number)
    }
    if parts.count == 2, parts[0].utf8.count == 4, parts[1].utf8.count == 4 {
      guard let vendor = UInt16(exactly: numbers[0]), let device = UInt16(exactly: numbers[1])
      else { return nil }
      return .identity(vendor: vendor, device: device)
    }
    if parts.count == 2 { numbers.insert(0, at: 0) }
    guard numbers.count == 3, let bus = UInt8(exactly: numbers[1]),
      let device = UInt8(exactly: numbers[2]),
      let address = FunctionAddress(domain: numbers[0], bus: bus, device: device, function: 0)
    else { return nil }
    return .slot(address)
  }

  private static func parseClass(_ text: String) -> Selector? {
    if ClassCode.isKeyword(text) { return .classKeyword(text) }
    var reader = NumberReader(text.utf8)
    guard let value = reader.hexadecimal(), reader.isAtEnd else { return nil }
    switch text.utf8.count {
    case 2: return .classCode(value: value << 16, mask: 0xff_0000)
    case 4: return .classCode(value: value << 8, mask: 0xff_ff00)
    case 6: return .classCode(value: value, mask: 0xff_ffff)
    default: return nil
    }
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"),
      UInt8(ascii: "."):
      true
    default: false
    }
  }
}

extension String {
  /// What follows a prefix, or `nil` without it.
  package func suffix(after prefix: String) -> String? {
    guard utf8.count >= prefix.utf8.count, utf8.starts(with: prefix.utf8) else { return nil }
    return String(self[utf8.index(startIndex, offsetBy: prefix.utf8.count)...])
  }
}
