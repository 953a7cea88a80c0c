// SPDX-License-Identifier: Apache-2.0

/// Finds the default routes in a dump of FreeBSD's routing table.
///
/// `struct rt_msghdr` of net/route.h has been 152 bytes on 64-bit kernels since
/// before 12.1, version 5; the socket addresses after it are padded to 8 bytes.
enum RouteMessages {
  private static let headerLength = 152
  private static let version: UInt8 = 5

  /// The index of the interface of each default route, IPv4 before IPv6.
  static func defaultInterfaces(_ bytes: [UInt8]) -> [Int] {
    var found: [(family: UInt8, index: Int)] = []
    var start = 0
    while start + 4 <= bytes.count {
      let length = Int(bytes[start]) | Int(bytes[start + 1]) << 8
      // A message that does not fit ends the dump.
      guard length >= 4, length <= bytes.count - start else { break }
      if length >= headerLength, bytes[start + 2] == version {
        let message = bytes[start..<(start + length)]
        if let family = defaultFamily(message) {
          let index = Int(bytes[start + 4]) | Int(bytes[start + 5]) << 8
          if !found.contains(where: { $0.index == index }) { found.append((family, index)) }
        }
      }
      start += length
    }
    return found.sorted { $0.family < $1.family }.map { $0.index }
  }

  /// The address family of a route, where it is a default route.
  private static func defaultFamily(_ message: ArraySlice<UInt8>) -> UInt8? {
    let start = message.startIndex
    let present = UInt32(message[start + 12]) | UInt32(message[start + 13]) << 8
    let flags = message[start + 8]
    // RTF_UP, and not RTF_HOST; RTA_DST has to be there.
    guard flags & 1 != 0, flags & 4 == 0, present & 1 != 0 else { return nil }
    var offset = start + headerLength
    var family: UInt8 = 0
    // RTA_DST, RTA_GATEWAY, RTA_NETMASK in the order of their bits.
    for bit in 0..<3 where present >> UInt32(bit) & 1 == 1 {
      guard offset + 2 <= message.endIndex else { return nil }
      let length = Int(message[offset])
      guard length <= message.endIndex - offset else { return nil }
      if bit == 0 {
        family = message[offset + 1]
        guard isUnspecified(message[offset..<(offset + length)], family) else { return nil }
      }
      if bit == 2, length > 2 {
        // The mask's first two bytes are its length and, at times, a family.
        guard message[(offset + 2)..<(offset + length)].allSatisfy({ $0 == 0 }) else {
          return nil
        }
      }
      // A length of 0 still takes a word.
      offset += length == 0 ? 8 : (length + 7) & ~7
    }
    return family
  }

  /// Whether a destination is 0.0.0.0 (AF_INET, 2) or :: (AF_INET6, 28).
  private static func isUnspecified(_ address: ArraySlice<UInt8>, _ family: UInt8) -> Bool {
    switch family {
    case 2: address.count >= 8 && address.dropFirst(4).prefix(4).allSatisfy { $0 == 0 }
    case 28: address.count >= 24 && address.dropFirst(8).prefix(16).allSatisfy { $0 == 0 }
    default: false
    }
  }
}
