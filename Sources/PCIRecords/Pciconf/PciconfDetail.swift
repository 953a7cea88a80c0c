// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// What one line below a header of pciconf's text says.
enum PciconfDetail {
  /// A BAR of `-b`.
  case bar(BaseAddressRegister)
  /// A BAR of `-b` that no base address register can describe.
  case unreadableBar
  /// A bridge's bus numbers, of `-B`.
  case buses(BridgeBuses)
  /// A capability of `-c`.
  case capability(ListedCapability)
  /// More of the capability above.
  case continuation
  /// A vendor's or a device's name of `-v`, which may go on in the next line.
  case name(isOpen: Bool)
  /// A line whose facts are not kept.
  case known
  /// None of pciconf's lines.
  case unknown

  /// Tells what a line is; `columns` are the blanks before it.
  init(_ cursor: TextCursor, columns: Int) {
    var cursor = cursor
    if cursor.skip("bar   [") {
      self = Self.bar(&cursor).map { .bar($0) } ?? .unreadableBar
    } else if cursor.skip("cap ") {
      self = Self.capability(&cursor, isExtended: false)
    } else if cursor.skip("ecap ") {
      self = Self.capability(&cursor, isExtended: true)
    } else if cursor.skip("bus range  = ") {
      self = Self.buses(&cursor).map { .buses($0) } ?? .unknown
    } else if cursor.isName {
      self = .name(isOpen: cursor.contains("= '") && !cursor.endsWithQuote)
    } else if cursor.isKnownPciconfDetail {
      self = .known
    } else if columns >= 9 {
      self = .continuation
    } else {
      self = .unknown
    }
  }

  /// Whether it starts a capability.
  var isCapability: Bool {
    if case .capability = self { true } else { false }
  }

  /// Whether it is more of the line above.
  var isContinuation: Bool {
    if case .continuation = self { true } else { false }
  }

  /// Reads `10] = type Memory, range 32, base 0xfb000000, size 4096, enabled`.
  private static func bar(_ cursor: inout TextCursor) -> BaseAddressRegister? {
    guard let register = cursor.hexadecimal(maximumDigits: 2), cursor.skip("] = type ") else {
      return nil
    }
    let index: UInt8
    switch register {
    case 0x10...0x24 where register & 3 == 0: index = UInt8((register - 0x10) / 4)
    case 0x30: index = 6
    default: return nil
    }
    let isIO = cursor.skip("I/O Port, ")
    let isPrefetchable = cursor.skip("Prefetchable Memory, ")
    guard isIO || isPrefetchable || cursor.skip("Memory, "), cursor.skip("range ") else {
      return nil
    }
    _ = cursor.skipBlanks()
    guard let range = cursor.decimal(), cursor.skip(", base "),
      let base = cursor.prefixedHexadecimal(), cursor.skip(", size ")
    else { return nil }
    // DragonFly and FreeBSD 7 pad the size.
    _ = cursor.skipBlanks()
    guard let size = cursor.decimal(), cursor.skip(", ") else { return nil }
    let kind: BaseAddressRegister.Kind
    switch range {
    case _ where isIO: kind = .io
    case 20: kind = .memoryBelow1MiB
    case 32: kind = .memory32
    case 64: kind = .memory64
    default: return nil
    }
    let isEnabled: Bool? =
      cursor.skip("enabled") ? true : cursor.skip("disabled") ? false : nil
    return BaseAddressRegister(
      index: index, kind: kind, isPrefetchable: isPrefetchable, isEnabled: isEnabled,
      address: base == 0 ? nil : base, size: size == 0 ? nil : size)
  }

  /// Reads `1-5`.
  private static func buses(_ cursor: inout TextCursor) -> BridgeBuses? {
    guard let secondary = cursor.decimal().flatMap({ UInt8(exactly: $0) }),
      cursor.skip(UInt8(ascii: "-")),
      let subordinate = cursor.decimal().flatMap({ UInt8(exactly: $0) })
    else { return nil }
    return BridgeBuses(primary: nil, secondary: secondary, subordinate: subordinate)
  }

  /// Reads `10[70] = PCI-Express 2 endpoint ...` or `000d[148] = ACS 1 ...`.
  private static func capability(_ cursor: inout TextCursor, isExtended: Bool) -> PciconfDetail {
    guard let id = cursor.hexadecimal(maximumDigits: isExtended ? 4 : 2),
      cursor.skip(UInt8(ascii: "[")), let offset = cursor.hexadecimal(maximumDigits: 3),
      cursor.skip("]")
    else { return .unknown }
    _ = cursor.skip(" = ")
    let text = cursor.rest
    if isExtended {
      return .capability(
        ListedCapability(
          id: .extended(ExtendedCapabilityID(rawValue: UInt16(truncatingIfNeeded: id))),
          offset: Int(offset), version: version(cursor), text: text))
    }
    return .capability(
      ListedCapability(
        id: .standard(StandardCapabilityID(rawValue: UInt8(truncatingIfNeeded: id))),
        offset: Int(offset), version: nil, text: text))
  }

  /// The version of an extended capability: the first word that is a number.
  ///
  /// `AER 2 0 fatal`, `Vendor [1] ID 0002`, `Physical Layer 16.0 GT/s 1`.
  private static func version(_ cursor: TextCursor) -> UInt8? {
    var cursor = cursor
    while !cursor.isAtEnd {
      _ = cursor.skipBlanks()
      let isBracketed = cursor.skip(UInt8(ascii: "["))
      if let number = cursor.decimal() {
        let isClosed = isBracketed ? cursor.skip(UInt8(ascii: "]")) : true
        if isClosed, cursor.isAtEnd || cursor.next == 0x20 {
          return number <= 15 ? UInt8(number) : nil
        }
      }
      while let byte = cursor.next, byte > 0x20 { cursor.position += 1 }
      guard let byte = cursor.next, byte <= 0x20 else { return nil }
      cursor.position += 1
    }
    return nil
  }
}

extension TextCursor {
  /// Whether the line names a vendor or a device, as `-v` does.
  fileprivate var isName: Bool {
    matches("vendor     =", at: position) || matches("device     =", at: position)
      || matches("VPD ident  =", at: position)
  }

  /// Whether the line is one of pciconf's whose facts are not kept.
  fileprivate var isKnownPciconfDetail: Bool {
    let known: [StaticString] = [
      "class      =", "subclass   =", "iov bar", "window[", "decode     =", "VPD ", "PCI errors =",
      "PCI-e errors =", "Fatal =", "Non-fatal =", "Corrected =", "bus range  =",
    ]
    return known.contains { matches($0, at: position) }
  }

  /// Whether a line can be no part of a name that goes on from the line above.
  var startsPciconfDetail: Bool {
    isName || isKnownPciconfDetail || matches("bar   [", at: position)
      || matches("cap ", at: position) || matches("ecap ", at: position)
  }

  /// Whether a capability's line, with its four blanks, starts at a position.
  @inline(__always)
  func startsGluedCapability(at start: Int) -> Bool {
    guard start + 4 < end, bytes[start] == 0x20 else { return false }
    let first = bytes[start + 4]
    guard first == UInt8(ascii: "e") || first == UInt8(ascii: "c") else { return false }
    return matches("    ecap ", at: start) || matches("    cap ", at: start)
  }

  /// Whether the last byte is a quotation mark.
  var endsWithQuote: Bool {
    var last = end
    while last > position, bytes[last - 1] <= 0x20 { last -= 1 }
    return last > position && bytes[last - 1] == UInt8(ascii: "'")
  }
}

extension PowerState {
  /// The state in `powerspec 3  supports D0 D3  current D0`.
  ///
  /// A function that answers in D3 is in D3hot.
  init?(pciconf text: String) {
    let bytes = Array(text.utf8)
    var cursor = TextCursor(bytes, 0..<bytes.count)
    guard cursor.skip(past: "current D"), let number = cursor.decimal(), number < 4 else {
      return nil
    }
    self.init(rawValue: UInt8(number))
  }
}
