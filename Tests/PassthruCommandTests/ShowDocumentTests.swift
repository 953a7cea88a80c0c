// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestCorpora
import Testing

/// `passthru show --format json`: all that the text shows, and all fields.
@Suite("The document of show")
struct ShowDocumentTests {
  private func show(_ file: String, _ address: String) throws -> [String: Any] {
    let run = try Passthru.run(["show", address, "--format", "json", "--from", file])
    return try #require(
      try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
  }

  private func function(_ file: String, _ address: String) throws -> [String: Any] {
    let functions = try show(file, address)["functions"] as? [[String: Any]]
    return try #require(functions?.first)
  }

  /// A file of the repository's fixtures.
  private func fixture(_ path: String) -> String {
    TestCorpora.fixtures.appendingPathComponent(path).path
  }

  @Test("a bridge's windows and control, as lspci's text of the same guest has them")
  func bridge() throws {
    let bridge = try function(fixture("lspci/legacy-i440fx-xxxx.txt"), "00:05.0")
    let windows = try #require(bridge["windows"] as? [[String: Any]])
    #expect(windows.map { $0["kind"] as? String } == ["io", "memory", "prefetchableMemory"])
    #expect(windows.map { $0["base"] as? String } == ["0xc000", "0xfe600000", "0xfe000000"])
    #expect(windows.map { $0["limit"] as? String } == ["0xdfff", "0xfe9fffff", "0xfe1fffff"])
    #expect(windows.map { $0["size"] as? Int } == [8 << 10, 4 << 20, 2 << 20])
    // The guest's lspci asked its kernel for the width of the last; lspci -F of the
    // dump says 64 bits, as the register does.
    #expect(windows.map { $0["addressWidth"] as? Int } == [16, 32, 64])
    let header = try #require(bridge["header"] as? [String: Any])
    #expect(header["bridgeControl.serrEnable"] as? Bool == true)
    #expect(header["bridgeControl.isaEnable"] as? Bool == false)
    #expect(header["bridgeControl.secondaryBusReset"] as? Bool == false)
  }

  @Test("every field of the header that the text lists is in the document")
  func header() throws {
    let file = fixture("lspci/legacy-i440fx-xxxx.txt")
    for address in ["00:05.0", "00:03.0"] {
      let function = try function(file, address)
      let header = try #require(function["header"] as? [String: Any])
      let text = try Passthru.run(["show", "-v", address, "--from", file]).output
      let names = text.split(separator: "\n").compactMap { line -> String? in
        let word = line.trimmingCharacters(in: .whitespaces).prefix { $0 != " " }
        return word.hasPrefix("header.") ? String(word.dropFirst(7)) : nil
      }
      #expect(names.count > 30)
      #expect(Set(names) == Set(header.keys))
    }
    #expect(try function(file, "00:03.0")["windows"] is NSNull)
  }

  /// The windows that lspci prints for 1c:03.0 of a Fujitsu P8010.
  static let cardBus = """
    1c:03.0 CardBus bridge [0607]: Ricoh Co Ltd RL5c476 II [1180:0476] (rev ba)
    00: 80 11 76 04 07 00 10 02 ba 00 07 06 00 b0 82 00
    10: 00 20 40 fc dc 00 00 02 1c 1d 20 b0 00 00 00 c0
    20: 00 f0 ff c3 00 00 00 c8 00 f0 ff cb 00 30 00 00
    30: fc 30 00 00 00 34 00 00 fc 34 00 00 ff 01 00 05
    40: cf 10 1d 15 01 00 00 00 00 00 00 00 00 00 00 00

    """

  @Test("a CardBus bridge's four windows, in the document and in the text")
  func cardBus() throws {
    try Passthru.withFile(Data(Self.cardBus.utf8)) { file in
      let windows = try #require(try function(file, "1c:03.0")["windows"] as? [[String: Any]])
      #expect(
        windows.map { $0["kind"] as? String } == ["prefetchableMemory", "memory", "io", "io"])
      #expect(
        windows.map { $0["base"] as? String } == ["0xc0000000", "0xc8000000", "0x3000", "0x3400"])
      #expect(
        windows.map { $0["limit"] as? String } == ["0xc3ffffff", "0xcbffffff", "0x30ff", "0x34ff"])
      let text = try Passthru.run(["show", "1c:03.0", "--from", file]).output
      #expect(text.contains("to prefetch 0xc0000000 to 0xc3ffffff, 64 MiB\n"))
      #expect(text.contains("to I/O      0x3400 to 0x34ff, 256 bytes\n"))
    }
  }

  static let bad: [String] = {
    let folder = TestCorpora.fixtures.appendingPathComponent("config")
    let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
    return (names ?? []).filter { $0.hasSuffix(".hex") }.sorted()
  }()

  @Test("a bad configuration space has its gap in the document, and once", arguments: bad)
  func gaps(_ name: String) throws {
    let file = fixture("config/" + name)
    let document = try show(file, "00:00.0")
    let gaps = try #require(document["gaps"] as? [[String: Any]])
    let reasons = gaps.filter { $0["address"] as? String == "0000:00:00.0" }
      .compactMap { $0["reason"] as? String }
    #expect(!reasons.isEmpty)
    #expect(Set(reasons).count == reasons.count)
    if name == "all-ones.hex" {
      #expect(try function(file, "00:00.0")["header"] is NSNull)
      let text = try Passthru.run(["show", "00:00.0", "--from", file]).output
      #expect(!text.contains("bus master"))
    }
  }

  @Test("there are bad configuration spaces")
  func some() { #expect(Self.bad.count >= 10) }

  /// Without a selector every function is shown, as lspci -v does.
  @Test func withoutASelectorAllAreShown() throws {
    let file = TestCorpora.fixtures.appendingPathComponent("lspci/legacy-i440fx-xxxx.txt").path
    let run = try Passthru.run(["show", "--from", file])
    #expect(run.status == 0)
    // A dump has one line that starts with an address for each function.
    let text = try String(contentsOfFile: file, encoding: .utf8)
    let addresses = text.split(separator: "\n").compactMap { line -> Substring? in
      let word = line.split(separator: " ").first
      return word.flatMap { $0.utf8.count >= 7 && $0.contains(".") ? $0 : nil }
    }
    #expect(addresses.count > 5)
    for address in addresses { #expect(run.output.contains(address), "\(address)") }
  }
}
