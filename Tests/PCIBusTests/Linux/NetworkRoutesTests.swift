// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import PCIBus

/// Messages as include/uapi/linux/{netlink,rtnetlink,if_addr,if_link}.h lay them out.
@Suite("Routes and addresses as the kernel tells them") struct NetworkRoutesTests {
  private static func bytes(_ number: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: number) { Array($0) }
  }

  private static func attribute(_ kind: UInt16, _ value: [UInt8]) -> [UInt8] {
    let padding = [UInt8](repeating: 0, count: (4 - value.count % 4) % 4)
    return bytes(UInt16(4 + value.count)) + bytes(kind) + value + padding
  }

  private static func message(_ kind: UInt16, _ body: [UInt8]) -> ArraySlice<UInt8> {
    (bytes(UInt32(16 + body.count)) + bytes(kind) + bytes(UInt16(2)) + bytes(UInt32(1))
      + bytes(UInt32(0)) + body)[...]
  }

  /// An interface (RTM_NEWLINK).
  static func link(_ number: Int32, _ name: String) -> ArraySlice<UInt8> {
    message(
      16,
      [0, 0, 1, 0] + bytes(number) + bytes(UInt32(1)) + bytes(UInt32(0))
        + attribute(3, Array(name.utf8) + [0]))
  }

  /// An address (RTM_NEWADDR) with its scope.
  static func address(_ number: Int32, _ address: [UInt8], scope: UInt8 = 0) -> ArraySlice<UInt8> {
    message(
      20,
      [address.count == 4 ? 2 : 10, 24, 0, scope] + bytes(number) + attribute(1, address)
        + (address.count == 4 ? attribute(2, address) : []))
  }

  /// A route (RTM_NEWROUTE) of a table, to a prefix, by attributes.
  static func route(
    _ family: UInt8 = 2, to prefix: [UInt8] = [], length: UInt8 = 0, table: UInt32 = 254,
    kind: UInt8 = 1, flags: UInt32 = 0, by hops: [UInt8]
  ) -> ArraySlice<UInt8> {
    message(
      24,
      [family, length, 0, 0, table > 255 ? 0 : UInt8(table), 3, 0, kind] + bytes(flags)
        + (prefix.isEmpty ? [] : attribute(1, prefix)) + attribute(15, bytes(table)) + hops)
  }

  static func leaving(_ number: Int32) -> [UInt8] { attribute(4, bytes(number)) }

  static func several(_ numbers: [Int32]) -> [UInt8] {
    attribute(9, numbers.flatMap { bytes(UInt16(8)) + [0, 0] + bytes($0) })
  }

  static let links = [link(1, "lo"), link(2, "eth0"), link(3, "eth1"), link(4, "tun0")]

  private func defaults(_ messages: ArraySlice<UInt8>...) -> [String] {
    NetworkRoutes(messages: Self.links + messages).defaults.map {
      $0.interface + ($0.table.map { " in \($0)" } ?? "")
    }.sorted()
  }

  @Test func everyTableAndEveryHop() {
    #expect(defaults(Self.route(by: Self.leaving(2))) == ["eth0"])
    #expect(defaults(Self.route(table: 100, by: Self.leaving(3))) == ["eth1 in 100"])
    #expect(defaults(Self.route(table: 70_000, by: Self.leaving(3))) == ["eth1 in 70000"])
    #expect(defaults(Self.route(by: Self.several([2, 3]))) == ["eth0", "eth1"])
    #expect(defaults(Self.route(10, by: Self.leaving(3))) == ["eth1"])
    #expect(NetworkRoutes(messages: Self.links).defaults.isEmpty)
  }

  @Test func halvesOfTheWorld() {
    #expect(
      defaults(
        Self.route(to: [0, 0, 0, 0], length: 1, by: Self.leaving(4)),
        Self.route(to: [128, 0, 0, 0], length: 1, by: Self.leaving(4))) == ["tun0"])
    let routed: [UInt8] = [0x20] + [UInt8](repeating: 0, count: 15)
    #expect(defaults(Self.route(10, to: routed, length: 3, by: Self.leaving(2))) == ["eth0"])
    // fe80::/3 has another beginning, and 10.0.0.0/8 is no half.
    let other: [UInt8] = [0xe0] + [UInt8](repeating: 0, count: 15)
    #expect(defaults(Self.route(10, to: other, length: 3, by: Self.leaving(2))).isEmpty)
    #expect(defaults(Self.route(to: [10, 0, 0, 0], length: 8, by: Self.leaving(2))).isEmpty)
  }

  @Test func whatIsNoWayOut() {
    // RTN_UNREACHABLE on lo, and an entry of the cache.
    #expect(defaults(Self.route(10, kind: 7, by: Self.leaving(1))).isEmpty)
    #expect(defaults(Self.route(flags: 0x200, by: Self.leaving(2))).isEmpty)
    #expect(defaults(Self.route(by: Self.leaving(1))).isEmpty)
  }

  @Test func aHopThatIsNotTold() {
    // A next hop of its own (RTA_NH_ID, 30) and an interface without a name.
    for hop in [Self.attribute(30, Self.bytes(UInt32(7))), Self.leaving(9)] {
      #expect(NetworkRoutes(messages: Self.links + [Self.route(by: hop)]).hasUntoldHop)
    }
    #expect(!NetworkRoutes(messages: Self.links + [Self.route(by: Self.leaving(2))]).hasUntoldHop)
  }

  @Test func addressesOfMoreThanTheLink() {
    let own: [UInt8] = [0xfe, 0x80] + [UInt8](repeating: 0, count: 13) + [1]
    let wide: [UInt8] = [0x20, 1, 0xd, 0xb8] + [UInt8](repeating: 0, count: 11) + [1]
    let read = NetworkRoutes(
      messages: Self.links + [
        Self.address(1, [127, 0, 0, 1]), Self.address(2, [10, 0, 0, 5]),
        Self.address(3, own, scope: 253), Self.address(4, wide),
      ])
    #expect(read.addresses == ["eth0": "10.0.0.5", "tun0": "2001:db8:0:0:0:0:0:1"])
  }

  /// Lengths that lie: no byte beyond the message is read, and nothing traps.
  @Test func damagedMessages() {
    let whole = Array(Self.route(table: 100, by: Self.several([2, 3])))
    for position in whole.indices {
      for value: UInt8 in [0, 1, 3, 4, 7, 8, 0x7f, 0xff] {
        var damaged = whole
        damaged[position] = value
        for count in 0...damaged.count {
          _ = NetworkRoutes(messages: Self.links + [damaged[..<count]])
          var rest = damaged[..<count]
          while let message = NetlinkMessage(&rest) { #expect(message.bytes.count >= 16) }
        }
      }
    }
  }

  /// What the kernel itself answers, in whatever network namespace this runs in.
  @Test func theKernelAnswers() throws {
    var socket: RouteDescriptor
    do throws(ErrorNumber) { socket = try RouteDescriptor() } catch {
      print("SKIPPED: no netlink socket here (\(error.rawValue)): the kernel is not asked")
      return
    }
    var names: Set<String> = []
    let isWhole = socket.forEach(18) { message in
      message.forEachAttribute(from: 32) { kind, value in
        if kind == 3 { names.insert(String(decoding: value.dropLast(), as: UTF8.self)) }
      }
    }
    #expect(isWhole)
    let listed = try FileManager.default.contentsOfDirectory(atPath: "/sys/class/net")
      .filter { $0 != "bonding_masters" }
    #expect(names == Set(listed))
  }
}
