// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// What a network interface rests on.
struct NetworkInterfaces {
  /// Every function below an interface, with the steps that lead there.
  ///
  /// A bridge, bond, VLAN or macvlan has links `lower_NAME`; a bridge also
  /// lists its ports in `brif`, and a bond its members in `bonding/slaves`.
  static func foundations(
    of name: String, _ tree: borrowing SystemTree
  ) -> [(chain: [String], function: FunctionAddress)] {
    var found: [(chain: [String], function: FunctionAddress)] = []
    var visited: Set<String> = []
    var pending: [[String]] = [[name]]
    while let chain = pending.popLast() {
      guard let last = chain.last, visited.insert(last).inserted else { continue }
      let path = "class/net/" + last
      if let function = deviceFunction(path, tree) {
        found.append((chain, function))
        continue
      }
      var lower: [String] = []
      for entry in tree.names(path) where entry.hasPrefix("lower_") {
        lower.append(String(entry.dropFirst(6)))
      }
      lower += tree.names(path + "/brif")
      lower += tree.line(path + "/bonding/slaves")?.split(separator: " ").map(String.init) ?? []
      for interface in lower.reversed() { pending.append(chain + [interface]) }
    }
    return found
  }
}

/// One route of `/proc/net/route`, IPv4.
///
/// Addresses are in network byte order printed as a native number
/// (net/ipv4/fib_trie.c, `fib_route_seq_show`): on little-endian machines the
/// first octet is the lowest byte.
struct Route: Hashable {
  var interface: String
  var destination: UInt32
  var mask: UInt32
  var flags: UInt32

  /// The route is up (RTF_UP) and does not refuse packets (RTF_REJECT).
  var isUsable: Bool { flags & 0x1 != 0 && flags & 0x200 == 0 }

  /// Reads one line; `nil` for the heading and what is malformed.
  init?(_ words: [String]) {
    guard words.count >= 8, let destination = UInt32(words[1], radix: 16),
      let flags = UInt32(words[3], radix: 16), let mask = UInt32(words[7], radix: 16)
    else { return nil }
    interface = words[0]
    self.destination = destination
    self.mask = mask
    self.flags = flags
  }
}
