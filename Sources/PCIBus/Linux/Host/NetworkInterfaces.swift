// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// What a network interface rests on.
struct NetworkInterfaces {
  /// What an interface is made of and sysfs does not show; `nil` where nothing is missing.
  static func missingPart(of name: String, _ tree: borrowing SystemTree) -> String? {
    var visited: Set<String> = []
    var pending = [name]
    while let next = pending.popLast() {
      guard visited.insert(next).inserted else { continue }
      if deviceFunction("class/net/" + next, tree) != nil { continue }
      if tree.namesIfPresent("class/net/" + next) == nil { return next }
      let members = lower(of: next, tree)
      if members.isEmpty, tree.line("class/net/" + next + "/bonding/mode") != nil { return next }
      pending += members
    }
    return nil
  }

  /// The interfaces right below one.
  private static func lower(of name: String, _ tree: borrowing SystemTree) -> [String] {
    let path = "class/net/" + name
    var lower: [String] = []
    for entry in tree.names(path) where entry.hasPrefix("lower_") {
      lower.append(String(entry.dropFirst(6)))
    }
    lower += tree.names(path + "/brif")
    return lower
      + (tree.line(path + "/bonding/slaves")?.split(separator: " ").map(String.init) ?? [])
  }

  /// The interface that a session of PPPoE goes through.
  ///
  /// /proc/net/pppoe has a line for each: number, address, interface
  /// (drivers/net/ppp/pppoe.c, `pppoe_seq_show`). It does not tell which is whose.
  private static func carriers(of name: String, _ tree: borrowing SystemTree) -> [String] {
    guard name.hasPrefix("ppp") else { return [] }
    return (tree.words("net/pppoe") ?? []).dropFirst().compactMap { $0.count >= 3 ? $0[2] : nil }
  }

  /// What an interface is made of one besides: `br1, which tap0 is in too`.
  static func title(of upper: String, besides name: String, _ tree: borrowing SystemTree) -> String
  {
    let others = lower(of: upper, tree).filter { $0 != name }
    guard let other = others.first else { return upper }
    // A tap is a guest's or a tunnel's (drivers/net/tun.c, `tun_flags`).
    let tap = others.first { tree.line("class/net/" + $0 + "/tun_flags") != nil } ?? other
    return "\(upper), which \(tap) is in too,"
  }

  /// Whether an interface is switched on (IFF_UP); what is not recorded may be.
  static func isUp(_ name: String, _ tree: borrowing SystemTree) -> Bool {
    guard let text = tree.line("class/net/" + name + "/flags"), text.hasPrefix("0x") else {
      return true
    }
    return UInt32(text.dropFirst(2), radix: 16).map { $0 & 1 != 0 } ?? true
  }

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
      for interface in (lower(of: last, tree) + carriers(of: last, tree)).reversed() {
        pending.append(chain + [interface])
      }
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

  /// Whether it is to all the world, or to half of it.
  var isDefault: Bool { destination & mask & ~0x80 == 0 && mask & ~0x80 == 0 }

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
