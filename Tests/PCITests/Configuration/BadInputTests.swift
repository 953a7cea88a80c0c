// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestCorpora
import Testing

@testable import PCI

/// Configuration spaces that no good device has: what can be known is said, and why not the rest.
@Suite("Bad configuration spaces")
struct BadInputTests {
  struct Case: Sendable, CustomStringConvertible {
    var file: String
    /// The facts of the gaps, in order.
    var facts: [String]
    /// A word that each reason has, in the same order.
    var words: [String]
    /// The ids of the capabilities that were found.
    var capabilities: [String]
    var description: String { file }
  }

  static let cases = [
    Case(
      file: "looping-list", facts: ["capability.loop"], words: ["0x40"],
      capabilities: ["0x01", "0x05"]),
    Case(
      file: "capability-off-the-end", facts: ["capability.truncated"], words: ["0xf8"],
      capabilities: ["0x10"]),
    Case(
      file: "capability-into-extended-space", facts: ["capability.truncated"], words: ["0xf8"],
      capabilities: ["0x10", "0x01ff"]),
    Case(file: "header-type-3", facts: ["header.type"], words: ["type 3"], capabilities: []),
    Case(
      file: "short-with-capabilities", facts: ["capability.list"], words: ["64 bytes"],
      capabilities: []),
    Case(file: "all-ones", facts: ["configuration"], words: ["0xff"], capabilities: []),
    Case(file: "all-zero", facts: ["configuration"], words: ["zero"], capabilities: []),
    Case(
      file: "pointer-into-header", facts: ["capability.pointer"], words: ["0x20"],
      capabilities: []),
    Case(
      file: "extended-loop-and-lying-length", facts: ["capability.loop", "capability.length"],
      words: ["0x100", "4095"], capabilities: ["0x000b", "0x000b"]),
    Case(
      file: "extended-capability-off-the-end", facts: ["capability.truncated"],
      words: ["0xff0"], capabilities: ["0x0001", "0x0010"]),
  ]

  /// The bytes of a fixture: the lines of an `lspci -xxxx` dump.
  static func space(_ file: String) throws -> ConfigurationSpace {
    let url = TestCorpora.fixtures.appendingPathComponent("config/\(file).hex")
    var bytes: [UInt8] = []
    for line in String(decoding: try TestCorpora.bytes(url), as: UTF8.self).split(separator: "\n")
      .dropFirst()
    {
      for word in line.split(separator: " ").dropFirst() {
        bytes.append(try #require(UInt8(word, radix: 16)))
      }
    }
    return ConfigurationSpace(bytes)
  }

  @Test("each gives what can be known and a gap", arguments: cases)
  func gaps(_ example: Case) throws {
    let space = try Self.space(example.file)
    let address = FunctionAddress(domain: 0, bus: 0, deviceFunction: 0)
    let gaps = space.gaps(of: address)
    #expect(gaps.map { $0.fact } == example.facts)
    for (gap, word) in zip(gaps, example.words) {
      #expect(gap.reason.contains(word), "\(gap.reason)")
      #expect(gap.subject == .function(address))
    }
    #expect(
      space.capabilities.map { $0.entry.id.hexadecimalDescription } == example.capabilities)
    if !space.isAllOnes, !space.isAllZeros {
      #expect(space.identity?.vendorDevice == "8086:1510")
      #expect(space.headerFields.first { $0.name == "header.command.busMaster" }?.raw == 1)
    }
    if example.file == "header-type-3" {
      #expect(space.headerFields.allSatisfy { !$0.name.hasPrefix("header.bar") })
    }
  }

  @Test("every fixture has a case")
  func complete() throws {
    let folder = TestCorpora.fixtures.appendingPathComponent("config")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".hex") }.map { String($0.dropLast(4)) }
    #expect(Set(files) == Set(Self.cases.map { $0.file }))
  }

  @Test("a space cut anywhere is decoded without a trap", arguments: cases)
  func cut(_ example: Case) throws {
    let bytes = try Self.space(example.file).bytes
    let address = FunctionAddress(domain: 0, bus: 0, deviceFunction: 0)
    for count in stride(from: 0, through: bytes.count, by: 7) {
      let space = ConfigurationSpace(Array(bytes[..<count]))
      for capability in space.capabilities { #expect(!capability.fields.isEmpty) }
      _ = space.headerFields
      _ = space.bridgeWindows
      _ = space.cardBusHeader
      #expect(count > 0 || !space.gaps(of: address).isEmpty)
    }
  }
}
