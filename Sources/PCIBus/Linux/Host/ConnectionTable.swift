// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// The established TCP connections of `/proc/net/tcp` and `tcp6`.
struct ConnectionTable {
  /// One of them.
  struct Entry {
    var connection: RemoteConnection
    /// The number in its links in `/proc/PID/fd`: `socket:[12345]`.
    var inode: UInt64
    /// Whether something on this machine listens at its port, and so accepted it.
    var isIncoming: Bool
  }

  let entries: [Entry]

  /// Whether another machine has a connection to this one.
  var hasVisitors: Bool { entries.contains { $0.isIncoming && !$0.connection.isLoopback } }

  /// Reads the tables; `nil` where there is none.
  ///
  /// Number, own and other end as `ADDRESS:PORT`, state, four columns, inode
  /// (net/ipv4/tcp_ipv4.c, `get_tcp4_sock`; include/net/tcp_states.h).
  init?(_ tree: borrowing SystemTree) {
    var lines: [[String]] = []
    var isThere = false
    for name in ["net/tcp", "net/tcp6"] {
      guard let words = tree.words(name) else { continue }
      isThere = true
      lines += words.dropFirst().filter { $0.count >= 10 }
    }
    guard isThere else { return nil }
    var listening: Set<Substring> = []
    for words in lines where words[3] == "0A" {
      listening.insert(words[1].split(separator: ":").last ?? "")
    }
    entries = lines.compactMap { words in
      guard words[3] == "01", let inode = UInt64(words[9]), let own = Self.address(words[1]),
        let client = Self.address(words[2])
      else { return nil }
      return Entry(
        connection: RemoteConnection(client: client, own: own), inode: inode,
        isIncoming: listening.contains(words[1].split(separator: ":").last ?? ""))
    }
  }

  /// The connections whose inodes a process has open; what it accepted, where there is any.
  func connections(of inodes: Set<UInt64>, acceptedOnly: Bool) -> [RemoteConnection] {
    let held = entries.filter { inodes.contains($0.inode) }
    let accepted = held.filter { $0.isIncoming }
    return (accepted.isEmpty && !acceptedOnly ? held : accepted).map { $0.connection }
  }

  /// `0100007F:0016` as `127.0.0.1`, and 32 digits as an address of IPv6.
  ///
  /// Each word of 32 bits is printed as a native number, on a little-endian machine with
  /// the first byte last. An address of IPv4 in one of IPv6 is that of IPv4.
  static func address(_ text: String) -> String? {
    let digits = Array(text.utf8.prefix { $0 != UInt8(ascii: ":") })
    guard digits.count == 8 || digits.count == 32 else { return nil }
    var bytes: [UInt8] = []
    for start in stride(from: 0, to: digits.count, by: 8) {
      guard let word = UInt32(String(decoding: digits[start..<start + 8], as: UTF8.self), radix: 16)
      else { return nil }
      for shift in stride(from: 0, to: 32, by: 8) {
        bytes.append(UInt8(truncatingIfNeeded: word >> UInt32(shift)))
      }
    }
    let mapped: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff]
    if bytes.count == 4 || bytes.starts(with: mapped) {
      return bytes.suffix(4).map { String($0) }.joined(separator: ".")
    }
    return stride(from: 0, to: 16, by: 2).map {
      String(UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]), radix: 16)
    }.joined(separator: ":")
  }
}
