// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// The connection that a session comes in by.
struct RemoteConnection: Hashable {
  /// The address of the other end, as text.
  var client: String
  /// The machine's own address, as text.
  var own: String

  /// Reads the value of `SSH_CONNECTION`: client address and port, own address and port.
  init?(_ text: some StringProtocol) {
    let words = text.split(separator: " ")
    guard words.count == 4, UInt16(words[1]) != nil, UInt16(words[3]) != nil else { return nil }
    self.init(client: String(words[0]), own: String(words[2]))
    guard Self.address(client) != nil || Self.longAddress(own) != nil else { return nil }
  }

  /// Describes a connection.
  init(client: String, own: String) {
    self.client = displayText(client.utf8)
    self.own = own
  }

  /// Whether both ends are on this machine.
  var isLoopback: Bool {
    if let address = Self.address(client) { return address & 0xff == 127 }
    return Self.longAddress(client) == "00000000000000000000000000000001"
  }

  /// The interface that packets to the other end leave by; `nil` where no route tells.
  func interface(_ tree: borrowing SystemTree) -> String? {
    if isLoopback { return nil }
    if let client = Self.address(client) {
      let routes = (tree.words("net/route") ?? []).compactMap(Route.init)
        .filter { $0.isUsable && client & $0.mask == $0.destination }
      // The mask with most bits set is the most specific route.
      return routes.max { $0.mask.nonzeroBitCount < $1.mask.nonzeroBitCount }?.interface
    }
    guard let own = Self.longAddress(own) else { return nil }
    return (tree.words("net/if_inet6") ?? []).first { $0.count >= 6 && $0[0] == own }?[5]
  }

  /// A dotted address as `/proc/net/route` holds it, on a little-endian machine.
  static func address(_ text: String) -> UInt32? {
    let octets = text.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
    guard octets.count == 4 else { return nil }
    var value: UInt32 = 0
    for octet in octets.reversed() {
      guard let octet else { return nil }
      value = value << 8 | UInt32(octet)
    }
    return value
  }

  /// 32 digits, as `/proc/net/if_inet6` holds an address, as people write it.
  static func written(_ digits: String) -> String {
    let bytes = Array(digits.utf8)
    return stride(from: 0, to: bytes.count - 3, by: 4).map { start in
      let group = displayText(bytes[start..<start + 4])
      return UInt16(group, radix: 16).map { String($0, radix: 16) } ?? group
    }.joined(separator: ":")
  }

  /// An IPv6 address as 32 digits, as `/proc/net/if_inet6` holds it.
  static func longAddress(_ text: String) -> String? {
    let address = text.split(separator: "%").first ?? ""
    let halves = address.split(separator: "::", omittingEmptySubsequences: false)
    guard halves.count <= 2, address.contains(":") else { return nil }
    let groups = halves.map { $0.split(separator: ":").map { UInt16($0, radix: 16) } }
    let written = groups.reduce(0) { $0 + $1.count }
    guard written <= 8, halves.count == 2 || written == 8 else { return nil }
    var all = groups[0]
    if halves.count == 2 {
      all += [UInt16?](repeating: 0, count: 8 - written)
      all += groups[1]
    }
    var digits = ""
    for group in all {
      guard let group else { return nil }
      digits += group.hexadecimal(width: 4)
    }
    return digits
  }
}
