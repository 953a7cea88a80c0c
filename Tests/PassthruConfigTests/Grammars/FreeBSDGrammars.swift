// SPDX-License-Identifier: Apache-2.0

import PCI
import PCIHost

@testable import PassthruConfig

/// The languages of FreeBSD's consumers, from loader.conf(5), vmm(4), bhyve(8),
/// bhyve_config(5), devctl(8), vm-bhyve's and iohyve's and CBSD's sources.
enum FreeBSDGrammars {
  static func loaderConf(_ text: String) throws -> [Placed] {
    var reader = try LineReader(text)
    _ = try reader.take("vmm_load=\"YES\"")
    _ = reader.takeAll("hw\\.vmm\\.amdvi\\.enable=\"1\"")
    _ = reader.takeAll("# ppt: \\d+/\\d+/\\d+ is [0-9a-f]{4}:[0-9a-f]{4}")
    var placed: [Placed] = []
    for name in ["pptdevs", "pptdevs2", "pptdevs3"] {
      for groups in reader.takeAll("\(name)=\"([0-9/]+(?: [0-9/]+)*)\"") {
        guard groups[1].utf8.count <= 127 else { throw GrammarError(description: "too long") }
        for word in groups[1].split(separator: " ") {
          placed.append(Placed(address: try triple(String(word))))
        }
      }
    }
    _ = reader.takeAll("hint\\.[a-z_0-9]+\\.\\d+\\.at=\"pci\\d+:\\d+:\\d+:\\d+\"")
    try reader.end()
    return placed
  }

  static func devctl(_ text: String) throws -> [Placed] {
    var reader = try LineReader(text)
    _ = try reader.take("kldload -n vmm")
    let all = reader.takeAll("devctl set driver -f pci0:(\\d+):(\\d+):(\\d+) ppt")
    try reader.end()
    return try all.map { Placed(address: try triple("\($0[1])/\($0[2])/\($0[3])")) }
  }

  static func bhyve(_ text: String) throws -> [Placed] {
    var reader = try LineReader(text)
    let line = try reader.take("-S((?: -s \\d+:[0-7],passthru,[0-9/]+)+)")[1]
    try reader.end()
    return try slots(line, separator: " -s ")
  }

  static func slots(_ text: String, separator: String) throws -> [Placed] {
    try matches(text, separator + "(\\d+):([0-7]),passthru,([0-9/]+)").map {
      guard let slot = UInt8($0[1]), slot >= 1, slot <= 30 else {
        throw GrammarError(description: "slot \($0[1])")
      }
      return Placed(address: try triple($0[3]), slot: $0[1], function: UInt8($0[2]))
    }
  }

  static func bhyveConfig(_ text: String) throws -> [Placed] {
    var reader = try LineReader(text)
    _ = try reader.take("memory\\.wired=true")
    var placed: [Placed] = []
    while !reader.lines.isEmpty {
      let node = try reader.take("pci\\.0\\.([1-9]\\d?)\\.([0-7])\\.device=passthru")
      let key = "pci\\.0\\.\(node[1])\\.\(node[2])\\."
      let bus = try reader.take(key + "bus=(\\d+)")[1]
      let slot = try reader.take(key + "slot=(\\d+)")[1]
      let function = try reader.take(key + "func=(\\d+)")[1]
      placed.append(
        Placed(
          address: try triple("\(bus)/\(slot)/\(function)"), slot: node[1],
          function: UInt8(node[2])))
    }
    return placed
  }

  static func vmBhyve(_ text: String) throws -> [Placed] {
    var reader = try LineReader(text)
    var placed: [Placed] = []
    while !reader.lines.isEmpty {
      // Numbered without a gap, from 0; the key in column 1.
      let groups = try reader.take(
        "passthru\(placed.count)=\"([0-9/]+)=(1[6-9]|2\\d|30):([0-7])\"")
      placed.append(
        Placed(address: try triple(groups[1]), slot: groups[2], function: UInt8(groups[3])))
    }
    return placed
  }

  static func iohyve(_ text: String) throws -> [Placed] {
    var reader = try LineReader(text)
    let groups = try reader.take(
      "iohyve set g((?: pcidev:\\d\\d=passthru,[0-9/]+)*) bargs=-S_-A_-H_-P"
        + "((?:_-s_\\d+:[0-7],passthru,[0-9/]+)*)")
    try reader.end()
    let keys = matches(groups[1], " (pcidev:\\d\\d)=passthru,([0-9/]+)")
    guard keys.map({ $0[1] }) == keys.map({ $0[1] }).sorted() else {
      throw GrammarError(description: "keys out of order")
    }
    // iohyve hands each key the next slot, function 0.
    let singles = try keys.enumerated().map {
      Placed(address: try triple($0.element[2]), slot: "auto\($0.offset)", function: 0)
    }
    return singles + (try slots(groups[2], separator: "_-s_"))
  }

  static func cbsd(_ text: String) throws -> [Placed] {
    var reader = try LineReader(text)
    _ = try reader.take("cbsd bset jname=g bhyve_wire_memory=1")
    let all = reader.takeAll("cbsd bhyve-ppt mode=attach ppt=([0-9/]+) jname=g")
    try reader.end()
    return try all.map { Placed(address: try triple($0[1])) }
  }

  static func guardScript(_ text: String, _ host: Machine) throws -> [Placed] {
    var reader = try LineReader(text)
    while let line = reader.lines.first, !line.hasPrefix("expect ") { reader.lines.removeFirst() }
    let all = reader.takeAll("expect pci0:(\\d+):(\\d+):(\\d+) ([0-9a-f]{4}) ([0-9a-f]{4})")
    _ = try reader.take("exit \\$status")
    try reader.end()
    return try all.map { groups in
      let address = try triple("\(groups[1])/\(groups[2])/\(groups[3])")
      guard
        host.function(at: address)?.identity.vendorDevice == "\(groups[4]):\(groups[5])"
      else { throw GrammarError(description: "other ids at \(address)") }
      return Placed(address: address)
    }
  }
}
