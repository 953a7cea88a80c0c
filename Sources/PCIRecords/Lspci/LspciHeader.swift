// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// The line that starts a function in lspci's text.
///
/// `00:1f.2 SATA controller [0106]: Intel ... [8086:2922] (rev 02)` with `-nn`,
/// `00:1f.2 0106: 8086:2922 (rev 02)` with `-n`, and without either names alone:
/// `00:1f.2 SATA controller: Intel Corporation 82801IR (rev 02) (prog-if 01 [AHCI 1.0])`.
struct LspciHeader {
  let address: FunctionAddress
  /// The base class and sub-class, where they are printed as numbers.
  let classNumber: UInt16?
  /// The ids, where they are printed as numbers.
  let identity: Identity?
  /// The programming interface, where it is printed.
  let programmingInterface: UInt8?
  /// The names of vendor and device, where there are neither ids nor other words.
  let name: String?
  /// The revision, where it is printed or left out for 0.
  let revision: UInt8?

  /// Consumes `IOMMU Group 12 ` or `IOMMU Group 12:`, as the loops of wikis print it.
  static func group(_ cursor: inout TextCursor) -> Int? {
    var words = cursor
    guard words.skip("IOMMU Group ") || words.skip("IOMMU group "),
      let number = words.decimal().flatMap({ Int(exactly: $0) }),
      words.isAtEnd || words.skip(UInt8(ascii: ":")) || words.next == 0x20
    else { return nil }
    _ = words.skipBlanks()
    cursor = words
    return number
  }

  /// Reads the address at the start of a line, if it is a header's.
  ///
  /// A blank or the end of the line must follow, as in pciutils (lib/dump.c).
  static func address(_ cursor: inout TextCursor) -> FunctionAddress? {
    let start = cursor.position
    guard let address = slot(&cursor), cursor.isAtEnd || cursor.skip(0x20) else {
      cursor.position = start
      return nil
    }
    return address
  }

  private static func slot(_ cursor: inout TextCursor) -> FunctionAddress? {
    let start = cursor.position
    guard let first = cursor.hexadecimal(maximumDigits: 8) else { return nil }
    // Four digits and more are a domain's, two a bus's.
    let digits = cursor.position - start
    guard digits == 2 || digits >= 4, cursor.skip(UInt8(ascii: ":")),
      let second = cursor.twoDigits()
    else { return nil }
    var domain: UInt64 = 0
    var bus = second
    var device = second
    if digits >= 4 {
      guard cursor.skip(UInt8(ascii: ":")), let third = cursor.twoDigits() else { return nil }
      domain = first
      device = third
    } else {
      bus = UInt8(truncatingIfNeeded: first)
    }
    guard cursor.skip(UInt8(ascii: ".")),
      let function = cursor.hexadecimal(maximumDigits: 1), function < 8,
      let domain = UInt32(exactly: domain)
    else { return nil }
    return FunctionAddress(
      domain: domain, bus: bus, device: device, function: UInt8(truncatingIfNeeded: function))
  }

  /// Reads a header, or `nil` where the line is none.
  init?(_ cursor: TextCursor) {
    var cursor = cursor
    guard let address = Self.address(&cursor) else { return nil }
    self.address = address
    let printedClass = Self.classNumber(cursor)
    var revision = cursor
    var identity = Self.identity(cursor)
    if revision.skip(past: "(rev "), let number = revision.hexadecimal(maximumDigits: 2) {
      self.revision = UInt8(number)
    } else {
      // lspci leaves out a revision of 0.
      self.revision = 0
    }
    identity?.revisionID = self.revision
    self.identity = identity
    let words = identity == nil ? Self.words(cursor) : nil
    name = words?.name
    classNumber = printedClass ?? words?.classNumber
    var interface = cursor
    if interface.skip(past: "(prog-if ") {
      programmingInterface = interface.hexadecimal(maximumDigits: 2).map { UInt8($0) }
    } else {
      programmingInterface = nil
    }
  }

  /// Finds `0600:`, `Class 0600:` or `[0600]:`.
  private static func classNumber(_ cursor: TextCursor) -> UInt16? {
    var plain = cursor
    _ = plain.skip("Class ")
    let start = plain.position
    if let number = plain.hexadecimal(maximumDigits: 4), plain.position == start + 4,
      plain.skip(UInt8(ascii: ":"))
    {
      return UInt16(number)
    }
    var bracketed = cursor
    while bracketed.skip(past: "[") {
      let start = bracketed.position
      if let number = bracketed.hexadecimal(maximumDigits: 4), bracketed.position == start + 4,
        bracketed.skip("]:")
      {
        return UInt16(number)
      }
    }
    return nil
  }

  /// The class's number by its words, and the name behind them; `nil` where they are no class's.
  private static func words(_ cursor: TextCursor) -> (classNumber: UInt16?, name: String)? {
    let line = cursor.bytes[cursor.position..<cursor.end]
    // No class has a colon in its words.
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon + 2 < line.endIndex,
      line[colon + 1] == 0x20
    else { return nil }
    var words = line[..<colon]
    let hasNumber = words.last == UInt8(ascii: "]")
    if hasNumber, let bracket = words.lastIndex(of: UInt8(ascii: "[")), bracket > words.startIndex {
      words = words[..<(bracket - 1)]
    }
    let number = ClassWords.number(words)
    guard number != nil || hasNumber else { return nil }
    var name = line[(colon + 2)...]
    for end in ["(rev ", "(prog-if "] {
      let mark = Array((" " + end).utf8)
      if name.count > mark.count,
        let place = (name.startIndex...(name.endIndex - mark.count)).first(where: {
          name[$0..<($0 + mark.count)].elementsEqual(mark)
        })
      {
        name = name[..<place]
      }
    }
    return name.isEmpty ? nil : (number, displayText(name))
  }

  private static func identity(_ cursor: TextCursor) -> Identity? {
    ids(cursor).map { Identity(vendorID: $0.vendor, deviceID: $0.device) }
  }

  /// Finds the last pair such as `8086:1533` that stands in brackets or alone.
  static func ids(_ cursor: TextCursor) -> (vendor: UInt16, device: UInt16)? {
    var found: (vendor: UInt16, device: UInt16)?
    var position = cursor.position
    while position + 9 <= cursor.end {
      defer { position += 1 }
      guard cursor.bytes[position + 4] == UInt8(ascii: ":") else { continue }
      let before = position > cursor.position ? cursor.bytes[position - 1] : 0x20
      let after = position + 9 < cursor.end ? cursor.bytes[position + 9] : 0x20
      let isBracketed = before == UInt8(ascii: "[") && after == UInt8(ascii: "]")
      guard isBracketed || (before == 0x20 && after == 0x20) else { continue }
      var pair = TextCursor(cursor.bytes, position..<position + 9)
      guard let vendor = pair.hexadecimal(maximumDigits: 4), pair.position == position + 4,
        pair.skip(UInt8(ascii: ":")), let device = pair.hexadecimal(maximumDigits: 4),
        pair.isAtEnd
      else { continue }
      found = (UInt16(vendor), UInt16(device))
    }
    return found
  }
}
