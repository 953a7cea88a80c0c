// SPDX-License-Identifier: Apache-2.0

/// One message of the kernel's about its network, or part of one (netlink(7)).
///
/// Numbers are in the machine's own order; what does not fit its length is not read.
struct NetlinkMessage {
  /// Its kind: RTM_NEWROUTE is 24.
  let kind: UInt16
  let flags: UInt16
  let sequence: UInt32
  /// The whole message, with its header of 16 bytes.
  let bytes: ArraySlice<UInt8>

  /// Takes the first message off some bytes; `nil` where none is whole.
  init?(_ rest: inout ArraySlice<UInt8>) {
    guard rest.count >= 16 else { return nil }
    let length = Int(rest.number(UInt32.self, at: 0))
    guard length >= 16, length <= rest.count else { return nil }
    bytes = rest.prefix(length)
    kind = bytes.number(UInt16.self, at: 4)
    flags = bytes.number(UInt16.self, at: 6)
    sequence = bytes.number(UInt32.self, at: 8)
    rest = rest.dropFirst((length + 3) & ~3)
  }
}

extension ArraySlice<UInt8> {
  /// A number at an offset from the start, 0 where it does not fit.
  func number<Number: FixedWidthInteger>(_: Number.Type, at offset: Int) -> Number {
    let size = Number.bitWidth / 8
    guard offset >= 0, offset + size <= count else { return 0 }
    var number: Number = 0
    for index in 0..<size {
      #if _endian(little)
        let place = startIndex + offset + size - 1 - index
      #else
        let place = startIndex + offset + index
      #endif
      number = number << 8 | Number(self[place])
    }
    return number
  }

  /// Hands out the attributes that begin at an offset: the kind and what it holds.
  ///
  /// struct rtattr: a length that counts its own four bytes, and a kind.
  func forEachAttribute(from offset: Int, _ body: (UInt16, ArraySlice<UInt8>) -> Void) {
    var rest = dropFirst(offset)
    while rest.count >= 4 {
      let length = Int(rest.number(UInt16.self, at: 0))
      guard length >= 4, length <= rest.count else { return }
      // The two highest bits are flags (NLA_F_NESTED, NLA_F_NET_BYTEORDER).
      body(rest.number(UInt16.self, at: 2) & 0x3fff, rest.prefix(length).dropFirst(4))
      rest = rest.dropFirst((length + 3) & ~3)
    }
  }
}
