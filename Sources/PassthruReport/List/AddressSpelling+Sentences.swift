// SPDX-License-Identifier: Apache-2.0

internal import PCI

extension AddressSpelling {
  /// A sentence with the addresses in it as this host spells them.
  ///
  /// Analysis writes every address in Linux's full form, which is the same on
  /// all systems; a reader on FreeBSD wants `pci0:1:0:0`.
  func sentence(_ text: String) -> String {
    // What analysis writes is what this host wants, or has no address at all.
    if !isFreeBSD && hasDomains { return text }
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var copied = 0
    var colon = 4
    // What stands out in `dddd:bb:dd.f` is two colons and a point at their distances.
    while colon + 7 < bytes.count {
      guard bytes[colon] == UInt8(ascii: ":"), bytes[colon + 3] == UInt8(ascii: ":"),
        bytes[colon + 6] == UInt8(ascii: "."), let start = Self.addressStart(bytes, colon),
        start >= copied, let length = Self.addressLength(bytes, start),
        let address = FunctionAddress(utf8: bytes[start..<(start + length)])
      else {
        colon += 1
        continue
      }
      result.append(contentsOf: bytes[copied..<start])
      result.append(contentsOf: short(address).utf8)
      copied = start + length
      colon = copied + 4
    }
    guard copied > 0 else { return text }
    result.append(contentsOf: bytes[copied...])
    return String(decoding: result, as: UTF8.self)
  }

  /// What to do: on FreeBSD as `sentence`; elsewhere as it is, since commands want full addresses.
  func remedy(_ text: String) -> String { isFreeBSD ? sentence(text) : text }

  /// Where the digits before a colon start; `nil` where no word starts there.
  private static func addressStart(_ bytes: [UInt8], _ colon: Int) -> Int? {
    var start = colon
    while start > 0, hexadecimalDigit(bytes[start - 1]) != nil { start -= 1 }
    // An address starts where a word starts.
    return start == 0 || !isWordByte(bytes[start - 1]) ? start : nil
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    hexadecimalDigit(byte) != nil || (byte >= 0x61 && byte <= 0x7a) || byte == 0x3a
      || byte == 0x2f || byte == 0x5f || (byte >= 0x41 && byte <= 0x5a)
  }

  /// The length of `dddd:bb:dd.f` at a position; `nil` where there is none.
  private static func addressLength(_ bytes: [UInt8], _ start: Int) -> Int? {
    var position = start
    func digits(_ minimum: Int, _ maximum: Int) -> Bool {
      let first = position
      while position < bytes.count, hexadecimalDigit(bytes[position]) != nil { position += 1 }
      return position - first >= minimum && position - first <= maximum
    }
    func skip(_ byte: UInt8) -> Bool {
      guard position < bytes.count, bytes[position] == byte else { return false }
      position += 1
      return true
    }
    guard digits(4, 8), skip(0x3a), digits(2, 2), skip(0x3a), digits(2, 2), skip(0x2e),
      digits(1, 2)
    else { return nil }
    return position - start
  }
}
