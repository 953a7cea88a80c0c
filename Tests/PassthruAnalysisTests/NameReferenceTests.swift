// SPDX-License-Identifier: Apache-2.0

import PCI
import Testing

@testable import PassthruAnalysis

@Suite struct NameReferenceTests {
  private static let moves = [
    Renumbering(driver: "em", address: at("9/1/0"), from: 2, to: 1, names: ["em2"]),
    Renumbering(
      driver: "mlx5_core", address: at("10/0/0"), from: 1, to: 0, names: ["mce1"]),
  ]

  @Test(arguments: [
    ("ifconfig_em2=\"inet 10.0.2.1/24\"", ["em2"]),
    ("ifconfig_em2_ipv6=\"inet6 accept_rtadv\"", ["em2"]),
    ("ext_if = \"em2\"", ["em2"]),
    ("pass in on em2.10 from any", ["em2"]),
    ("cloned_interfaces=\"lagg0\" laggport em2 laggport mce1", ["em2", "mce1"]),
    ("hint.em.2.at=\"pci0:9:1:0\"", ["em2"]),
    ("dev.mlx5_core.1.tx=5", ["mce1"]),
    ("ifconfig_em20=\"up\"", []), ("item2=1", []), ("em1 em3 mce10", []),
    ("# ifconfig_em2=\"down\"", []), ("", []), ("hint.em.20.at=\"x\"", []),
  ])
  func names(_ line: String, _ expected: [String]) {
    let found = references(to: Self.moves, in: Array("first\n  \(line)\r\n".utf8), path: "rc.conf")
    #expect(found.map(\.name) == expected)
    #expect(found.allSatisfy { $0.line == 2 && $0.path == "rc.conf" && $0.text == line })
  }

  @Test func bytesThatAreNoTextAreSurvived() {
    var bytes: [UInt8] = Array("em2 ".utf8)
    bytes += [0, 0xff, 0x1b, 0x5b]
    bytes += [UInt8](repeating: 0x61, count: 5_000)
    let found = references(to: Self.moves, in: bytes, path: "x")
    #expect(found.count == 1)
    #expect(found.first.map { $0.text.utf8.count <= 800 && !$0.text.utf8.contains(0x1b) } == true)
    #expect(references(to: [], in: bytes, path: "x").isEmpty)
  }
}
