// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// By which interfaces a machine's packets leave, and which have an address.
struct NetworkRoutes {
  /// The interface of a default route, and the table that it is in where that is not main.
  struct DefaultRoute: Hashable {
    var interface: String
    var table: UInt32?

    /// What it is called.
    var subject: String { table.map { "default route of table \($0)" } ?? "default route" }
  }

  /// The default routes: of all tables on a running kernel, of the main one in a recording.
  ///
  /// Halves of the world count (0.0.0.0/1 and 128.0.0.0/1, as OpenVPN's redirect-gateway
  /// def1 sets), and 2000::/3, which is all of IPv6 that is routed.
  private(set) var defaults: Set<DefaultRoute> = []
  /// Of interfaces with an address of more than their own link: it, or what tells of it.
  private(set) var addresses: [String: String] = [:]
  /// Whether some default route has a next hop that is not told.
  private(set) var hasUntoldHop = false
  /// The files that are missing; empty where the kernel answered itself.
  private(set) var missing: [String] = []

  /// The names of interfaces by their numbers.
  private var names: [Int32: String] = [:]

  /// Asks the running kernel, or reads what is recorded.
  init(_ tree: borrowing SystemTree) {
    if tree.isLive, askKernel() { return }
    self = NetworkRoutes(messages: [])
    readRecorded(tree)
  }

  /// Reads the lists that the kernel would send.
  init(messages: [ArraySlice<UInt8>]) {
    for message in messages { read(message) }
  }

  private mutating func askKernel() -> Bool {
    guard var socket = try? RouteDescriptor() else { return false }
    // Where a list changed while it was sent, once more.
    for request: UInt16 in [18, 22, 26] {
      var isWhole = false
      for _ in 0..<3 where !isWhole { isWhole = socket.forEach(request) { read($0) } }
      guard isWhole else { return false }
    }
    return true
  }

  // MARK: - Netlink

  private mutating func read(_ message: ArraySlice<UInt8>) {
    switch message.number(UInt16.self, at: 4) {
    case 16: readLink(message)
    case 20: readAddress(message)
    case 24: readRoute(message)
    default: break
    }
  }

  /// RTM_NEWLINK: struct ifinfomsg, IFLA_IFNAME is 3.
  private mutating func readLink(_ message: ArraySlice<UInt8>) {
    let number = message.number(Int32.self, at: 20)
    message.forEachAttribute(from: 32) { kind, value in
      if kind == 3 { names[number] = displayText(value.prefix { $0 != 0 }) }
    }
  }

  /// RTM_NEWADDR: struct ifaddrmsg, IFA_ADDRESS is 1 and IFA_LOCAL 2.
  private mutating func readAddress(_ message: ArraySlice<UInt8>) {
    // RT_SCOPE_LINK is 253: fe80::, 169.254.0.0/16; RT_SCOPE_HOST 254.
    guard message.number(UInt8.self, at: 19) < 253,
      let interface = names[message.number(Int32.self, at: 20)], interface != "lo"
    else { return }
    message.forEachAttribute(from: 24) { kind, value in
      guard kind == 1 || kind == 2, let text = Self.text(address: value) else { return }
      if kind == 2 || addresses[interface] == nil { addresses[interface] = text }
    }
  }

  /// RTM_NEWROUTE: struct rtmsg.
  private mutating func readRoute(_ message: ArraySlice<UInt8>) {
    let family = message.number(UInt8.self, at: 16)
    let length = message.number(UInt8.self, at: 17)
    // RTN_UNICAST is 1; RTM_F_CLONED marks an entry of the cache.
    guard family == 2 && length <= 1 || family == 10 && length <= 3,
      message.number(UInt8.self, at: 23) == 1,
      message.number(UInt32.self, at: 24) & 0x200 == 0
    else { return }
    var table = UInt32(message.number(UInt8.self, at: 20))
    var hops: [Int32] = []
    var isWide = length <= 1
    message.forEachAttribute(from: 28) { kind, value in
      switch kind {
      // RTA_DST: of the prefixes of two and three bits only 2000::/3 counts.
      case 1: isWide = isWide || length == 3 && value.number(UInt8.self, at: 0) == 0x20
      case 4: hops.append(value.number(Int32.self, at: 0))
      case 9: hops += Self.nextHops(value)
      case 15: table = value.number(UInt32.self, at: 0)
      default: break
      }
    }
    guard isWide else { return }
    if hops.isEmpty { hasUntoldHop = true }
    for hop in hops {
      guard let name = names[hop] else {
        hasUntoldHop = true
        continue
      }
      // RT_TABLE_MAIN is 254. Without a way to others, IPv6 leaves lo as one.
      if name != "lo" { defaults.insert(.init(interface: name, table: table == 254 ? nil : table)) }
    }
  }

  /// RTA_MULTIPATH: struct rtnexthop, one after the other.
  private static func nextHops(_ bytes: ArraySlice<UInt8>) -> [Int32] {
    var hops: [Int32] = []
    var rest = bytes
    while rest.count >= 8 {
      let length = Int(rest.number(UInt16.self, at: 0))
      guard length >= 8, length <= rest.count else { break }
      hops.append(rest.number(Int32.self, at: 4))
      rest = rest.dropFirst((length + 3) & ~3)
    }
    return hops
  }

  private static func text(address bytes: ArraySlice<UInt8>) -> String? {
    if bytes.count == 4 { return bytes.map { String($0) }.joined(separator: ".") }
    guard bytes.count == 16 else { return nil }
    return stride(from: 0, to: 16, by: 2).map {
      String(
        UInt16(bytes[bytes.startIndex + $0]) << 8 | UInt16(bytes[bytes.startIndex + $0 + 1]),
        radix: 16)
    }.joined(separator: ":")
  }

  // MARK: - Recordings

  /// Reads /proc/net, which has the main table only, and one next hop of a route.
  private mutating func readRecorded(_ tree: borrowing SystemTree) {
    let table = tree.words("net/route")
    if table == nil { missing.append("proc/net/route") }
    for route in (table ?? []).compactMap(Route.init)
    where route.isUsable && route.interface != "lo" {
      if route.isDefault { defaults.insert(DefaultRoute(interface: route.interface)) }
      // A route without a gateway comes with an address of its interface.
      if !route.isDefault, addresses[route.interface] == nil {
        addresses[route.interface] = "a route of the host"
      }
    }
    let own = tree.words("net/if_inet6")
    // Address, number, prefix length, scope (0x20 is the link's), flags, name.
    for words in own ?? [] where words.count >= 6 && words[3] != "20" && words[5] != "lo" {
      addresses[words[5]] = RemoteConnection.written(words[0])
    }
    let routes = tree.words("net/ipv6_route")
    if own != nil, routes == nil { missing.append("proc/net/ipv6_route") }
    // Destination, its prefix length, ..., flags, interface (net/ipv6/route.c).
    for words in routes ?? [] where words.count >= 10 {
      let isDefault =
        words[0].dropFirst().allSatisfy { $0 == "0" }
        && (["00", "01"].contains(words[1]) && (words[0].first == "0" || words[0].first == "8")
          || words[1] == "03" && words[0].first == "2")
      guard isDefault, words[9] != "lo", let flags = UInt32(words[8], radix: 16),
        flags & 0x1 != 0, flags & 0x200 == 0
      else { continue }
      defaults.insert(DefaultRoute(interface: words[9]))
    }
  }
}
