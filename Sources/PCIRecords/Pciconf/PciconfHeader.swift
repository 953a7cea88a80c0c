// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// The line that starts a function in pciconf's text.
///
/// usr.sbin/pciconf/pciconf.c, `list_devs`: a name with its unit, `@`, a
/// selector, and registers. FreeBSD 12 and older and DragonFly print ids as
/// `card=` and `chip=`; FreeBSD 13 and newer print four fields; `-ll` prints
/// the same columns without names.
struct PciconfHeader {
  /// What was wrong with a header.
  enum Failure: Error {
    /// The text ends in the middle of it.
    case cut
    /// The selector's numbers name no function.
    case badAddress
    /// The ids are missing.
    case noIdentity
  }

  /// The name with the unit, `em1` or `none3`.
  let name: String
  let address: FunctionAddress
  let identity: Identity
  let classCode: ClassCode?
  let headerType: HeaderType?

  /// Where the name of a header starts in a line, if the line has one.
  ///
  /// A header can be glued to the end of the line before it: FreeBSD 12's
  /// pciconf prints no end of line after `ecap 000b[100] = Vendor 0`. A driver's
  /// name is a C identifier, so that digits before it belong to that line.
  static func start(in bytes: [UInt8], _ range: Range<Int>) -> Int? {
    var at = range.lowerBound
    while at < range.upperBound {
      guard bytes[at] == UInt8(ascii: "@") else {
        at += 1
        continue
      }
      let cursor = TextCursor(bytes, at..<range.upperBound)
      if cursor.matches("@pci", at: at), at + 4 < range.upperBound, isDigit(bytes[at + 4]),
        let start = nameStart(bytes, range.lowerBound, at)
      {
        return start
      }
      at += 1
    }
    return nil
  }

  private static func nameStart(_ bytes: [UInt8], _ lowest: Int, _ at: Int) -> Int? {
    var start = at
    while start > lowest, isNameByte(bytes[start - 1]) { start -= 1 }
    while start < at, isDigit(bytes[start]) { start += 1 }
    return start < at ? start : nil
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    isDigit(byte) || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7a)
      || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
  }

  /// Reads a header from its name on.
  init(_ cursor: TextCursor) throws(Failure) {
    var cursor = cursor
    let start = cursor.position
    guard cursor.skip(past: "@pci") else { throw .badAddress }
    name = TextCursor.text(cursor.bytes, start..<(cursor.position - 4))
    var numbers: [UInt64] = []
    while numbers.count < 4, let number = cursor.decimal() {
      numbers.append(number)
      guard cursor.skip(UInt8(ascii: ":")) else { break }
    }
    // FreeBSD 6 and older have no domain.
    if numbers.count == 3 { numbers.insert(0, at: 0) }
    guard numbers.count == 4 else {
      if cursor.isAtEnd { throw .cut }
      throw .badAddress
    }
    guard let domain = UInt32(exactly: numbers[0]), let bus = UInt8(exactly: numbers[1]),
      let device = UInt8(exactly: numbers[2]), let function = UInt8(exactly: numbers[3]),
      let address = FunctionAddress(domain: domain, bus: bus, device: device, function: function)
    else { throw .badAddress }
    self.address = address
    _ = cursor.skipBlanks()
    if cursor.isAtEnd { throw .cut }
    let fields = cursor.contains("=") ? Fields(keyed: cursor) : Fields(columns: cursor)
    guard let vendor = fields.vendor, let device = fields.device else { throw .noIdentity }
    let headerType = fields.header.map { HeaderType(rawValue: UInt8(truncatingIfNeeded: $0)) }
    self.headerType = headerType
    classCode = fields.classCode.map { ClassCode(rawValue: UInt32(truncatingIfNeeded: $0)) }
    var identity = Identity(
      vendorID: vendor, deviceID: device,
      revisionID: fields.revision.flatMap { UInt8(exactly: $0) })
    // The kernel reports zeros for a bridge whose header has no such registers.
    let isAbsent =
      headerType != .endpoint && fields.subsystemVendor == 0 && fields.subsystem == 0
    if !isAbsent {
      identity.subsystemVendorID = fields.subsystemVendor
      identity.subsystemID = fields.subsystem
    }
    self.identity = identity
  }

  /// The registers of a header line; a missing one is `nil`.
  private struct Fields {
    var classCode: UInt64?
    var revision: UInt64?
    var header: UInt64?
    var vendor: UInt16?
    var device: UInt16?
    var subsystemVendor: UInt16?
    var subsystem: UInt16?

    /// Reads `class=0x020000 rev=0x00 ...`; unknown keys are left alone.
    init(keyed cursor: TextCursor) {
      var cursor = cursor
      while !cursor.isAtEnd {
        _ = cursor.skipBlanks()
        if cursor.skip("class=") {
          classCode = cursor.prefixedHexadecimal(maximumDigits: 6)
        } else if cursor.skip("rev=") {
          revision = cursor.prefixedHexadecimal(maximumDigits: 2)
        } else if cursor.skip("hdr=") {
          header = cursor.prefixedHexadecimal(maximumDigits: 2)
        } else if cursor.skip("card=") {
          let pair = Self.pair(&cursor)
          subsystemVendor = pair?.low
          subsystem = pair?.high
        } else if cursor.skip("chip=") {
          let pair = Self.pair(&cursor)
          vendor = pair?.low
          device = pair?.high
        } else if cursor.skip("vendor=") {
          vendor = Self.id(&cursor)
        } else if cursor.skip("device=") {
          device = Self.id(&cursor)
        } else if cursor.skip("subvendor=") {
          subsystemVendor = Self.id(&cursor)
        } else if cursor.skip("subdevice=") {
          subsystem = Self.id(&cursor)
        }
        while let byte = cursor.next, byte != 0x20, byte != 0x09 { cursor.position += 1 }
      }
    }

    /// Reads the columns of `-ll`: class, rev, hdr, vendor, device, subvendor, subdevice.
    init(columns cursor: TextCursor) {
      var cursor = cursor
      var values: [UInt64] = []
      while values.count < 7, let value = cursor.hexadecimal(maximumDigits: 6) {
        values.append(value)
        _ = cursor.skipBlanks()
      }
      guard values.count == 7 else { return }
      classCode = values[0]
      revision = values[1]
      header = values[2]
      vendor = UInt16(exactly: values[3])
      device = UInt16(exactly: values[4])
      subsystemVendor = UInt16(exactly: values[5])
      subsystem = UInt16(exactly: values[6])
    }

    private static func id(_ cursor: inout TextCursor) -> UInt16? {
      cursor.prefixedHexadecimal(maximumDigits: 4).flatMap { UInt16(exactly: $0) }
    }

    /// Device in the upper half, vendor in the lower: a pair cut short is none.
    private static func pair(_ cursor: inout TextCursor) -> (high: UInt16, low: UInt16)? {
      let start = cursor.position
      guard let value = cursor.prefixedHexadecimal(maximumDigits: 8),
        cursor.position - start == 10
      else { return nil }
      return (UInt16(truncatingIfNeeded: value >> 16), UInt16(truncatingIfNeeded: value))
    }
  }
}
