// SPDX-License-Identifier: Apache-2.0

import Foundation
import PCI
import Testing

@testable import PassthruConfig

/// loader.conf in Lua, the language of the loader that reads it.
///
/// The reader below is written anew from loader.conf(5) and from what the patterns
/// MODULEEXPR, QVALEXPR and WORDEXPR of FreeBSD's stand/lua/config.lua accept:
/// a name, `=`, a value in double quotes or one word, then only a comment.
@Suite struct LoaderConfJudgeTests {
  static let reader = """
    local file = assert(io.open(arg[1], "rb"))
    for line in (file:read("a")):gmatch("([^\\n]*)\\n") do
      local name, rest = line:match("^%s*(%w[%w_.-]*)%s*=%s*(.*)$")
      local value, tail
      if name then
        value, tail = rest:match('^"([^"]*)"(.*)$')
        if not value then value, tail = rest:match("^([%w-][%w_.-]*)(.*)$") end
      end
      if line:match("^%s*$") or line:match("^%s*#") then print("empty")
      elseif value and (tail:match("^%s*$") or tail:match("^%s*#")) then
        print("set " .. name .. "=" .. value)
      else print("bad") end
    end
    """

  /// What Lua makes of each line.
  static func judged(_ lines: [String]) throws -> [String] {
    let folder = try TemporaryFolder()
    let script = try folder.write(reader, to: "reader.lua")
    let file = try folder.write(lines.joined(separator: "\n") + "\n", to: "loader.conf")
    let outcome = try Programs.run("lua5.4", [script.path, file.path])
    try #require(outcome.status == 0, "\(outcome.errors)")
    return outcome.output.split(separator: "\n").map(String.init)
  }

  /// 20,000 random lines: the reader takes what Lua takes, with the same value.
  ///
  /// A backslash and a dollar sign are refused here, since releases differ in them.
  @Test(.enabled(if: Programs.have("lua5.4"))) func linesAreTakenAsLuaTakesThem() throws {
    var generator = RoundTripTests.Generator(state: 23)
    let pieces = [
      "pptdevs", "vmm_load", "hint.em.2.at", "=", "=", "=", " ", "\t", "\"", "\"", "\"10/0/0\"",
      "\"YES\"", "YES", "10/0/0", "'", "#", ";", "-", "_", ".", "export ", "+", "\"a b\"", "//",
    ]
    let lines = (0..<20_000).map { round in
      let start = round % 3 == 0 ? "" : "pptdevs="
      return start
        + (0..<Int.random(in: 0...5, using: &generator))
        .map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
    }
    let judged = try Self.judged(lines)
    try #require(judged.count == lines.count)
    var taken = 0
    for (line, right) in zip(lines, judged) {
      let ours: String
      switch LoaderLine(line) {
      case .empty: ours = "empty"
      case .malformed: ours = "bad"
      case .assignment(let assignment):
        ours = "set \(assignment.key)=\(assignment.value)"
        taken += 1
      }
      if ours != right {
        Issue.record("\(line): \(ours), and Lua: \(right)")
        return
      }
    }
    #expect(taken > 500)
  }

  /// Random files: after a merge Lua sees the device and everything that it saw before.
  @Test(.enabled(if: Programs.have("lua5.4"))) func luaSeesTheDeviceAndTheRest() throws {
    let target = try #require(Target.named("loader.conf"))
    let pieces = try #require(UnmergeTests.pieces["loader.conf"])
    var generator = RoundTripTests.Generator(state: 29)
    var before: [String] = []
    var after: [String] = []
    let mark = "end=\"1\""
    for round in 0..<500 {
      let lines = Array(
        pieces.shuffled(using: &generator).prefix(round % (pieces.count + 1)))
      let text = lines.map { $0 + "\n" }.joined()
      let merged = try #require(
        try target.merge(UnmergeTests.request("loader.conf"), into: Array(text.utf8)))
      before += lines + [mark]
      after +=
        String(decoding: merged.bytes, as: UTF8.self).utf8.split(
          separator: 0x0a, omittingEmptySubsequences: false
        ).map { String(decoding: Array($0), as: UTF8.self) } + [mark]
    }
    func files(_ lines: [String]) throws -> [[String]] {
      try Self.judged(lines).split(separator: "set end=1", omittingEmptySubsequences: false)
        .map { $0.filter { $0.hasPrefix("set ") } }
    }
    let pairs = Array(zip(try files(before), try files(after)).prefix(500))
    #expect(pairs.count == 500)
    for (old, new) in pairs {
      let devices = new.filter { $0.hasPrefix("set pptdevs") }.flatMap {
        $0.split(whereSeparator: { $0 == "=" || $0 == " " })
      }
      #expect(devices.contains("11/0/0"), "\(new)")
      #expect(new.contains("set vmm_load=YES"))
      for line in old {
        #expect(
          new.contains { $0 == line || line.hasPrefix("set pptdevs") && $0.hasPrefix(line) },
          "\(line) is gone: \(new)")
      }
    }
  }
}
