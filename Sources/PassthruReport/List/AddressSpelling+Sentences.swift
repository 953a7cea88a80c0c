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
    guard text.utf8.contains(UInt8(ascii: ".")) else { return text }
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var position = 0
    while position < bytes.count {
      // An address starts where a word starts.
      let startsWord = position == 0 || !Self.isWordByte(bytes[position - 1])
      if startsWord, let length = Self.addressLength(bytes, position),
        let address = FunctionAddress(utf8: bytes[position..<(position + length)])
      {
        result.append(contentsOf: short(address).utf8)
        position += length
      } else {
        result.append(bytes[position])
        position += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// What to do: on FreeBSD as `sentence`; elsewhere as it is, since commands want full addresses.
  func remedy(_ text: String) -> String { isFreeBSD ? sentence(text) : text }

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
