// SPDX-License-Identifier: Apache-2.0

import Foundation
import PCI
import PCIHost
import PCIRecords
import PassthruCommand
import PassthruConfig
import PassthruReport
import TestCorpora
import Testing

/// Everything after the reader, in process, on recordings that were changed at random.
///
/// All subcommands and all emitters: nothing traps, and no output is empty without a word.
/// The seeds are fixed. FUZZ_SECONDS=120 goes on for so long; without, some dozen inputs
/// are tried. What is tried last is in FUZZ_INPUT, where that names a file.
@Suite("Fuzzing after the reader") struct AfterReaderFuzzTests {
  /// Marsaglia's xorshift, 64 bits.
  struct Numbers: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return state
    }
  }

  static let numbers = [
    "-1", "0", "1", "7", "8", "31", "32", "255", "256", "4095", "4096", "65535", "65536",
    "2147483647", "2147483648", "4294967295", "9223372036854775807", "-9223372036854775808",
    "0xffffffffffffffff", "ffff", "0000", "null", "\"\"", "[]",
  ]

  /// Recordings of each kind, small enough for many turns.
  static let recordings: [(name: String, bytes: [UInt8])] = {
    let fixtures = TestCorpora.fixtures
    let files = FileManager.default.enumerator(atPath: fixtures.path)?.allObjects ?? []
    var found: [(name: String, bytes: [UInt8])] = []
    for file in files.compactMap({ $0 as? String }).sorted() {
      guard let data = try? Data(contentsOf: fixtures.appendingPathComponent(file)),
        data.count < 60_000, data.count > 64
      else { continue }
      if (try? Machine(recording: [UInt8](data), location: file)) != nil {
        found.append((file, [UInt8](data)))
      }
    }
    return found
  }()

  /// Changes a few places: a number for another, a line twice or not at all, a byte.
  static func changed(_ bytes: [UInt8], _ random: inout Numbers) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
      let place = Int.random(in: bytes.indices, using: &random)
      switch Int.random(in: 0..<6, using: &random) {
      case 0: bytes[place] ^= UInt8(1) << UInt8.random(in: 0..<8, using: &random)
      case 1:
        let end = bytes[place...].firstIndex(of: 0x0a).map { $0 + 1 } ?? bytes.count
        bytes.removeSubrange(place..<end)
      case 2:
        let end = bytes[place...].firstIndex(of: 0x0a).map { $0 + 1 } ?? bytes.count
        bytes.insert(contentsOf: bytes[place..<end], at: end)
      default:
        // The next number, or the word behind it.
        guard let start = bytes[place...].firstIndex(where: { (0x30...0x39).contains($0) }) else {
          continue
        }
        let end =
          bytes[start...].firstIndex { !(0x30...0x39).contains($0) && !(0x61...0x66).contains($0) }
          ?? bytes.count
        let number = numbers[Int.random(in: numbers.indices, using: &random)]
        bytes.replaceSubrange(start..<end, with: Array(number.utf8))
      }
    }
    return bytes
  }

  static func commands(_ host: Machine, _ random: inout Numbers) -> [[String]] {
    let all = host.functions.map { $0.address.description }
    let one = all.isEmpty ? "00:00.0" : all[Int.random(in: all.indices, using: &random)]
    var commands: [[String]] = [
      ["list", "-a"], ["show", "-v"], ["tree"], ["groups"], ["check", "-v", "-a"], ["snapshot"],
      ["check", "-a", "--for", "bhyve"], ["check", "-a", "--for", "vfio"],
      ["show", one, "--format", "json"], ["groups", "--why", one, all.first ?? one],
      ["plan", one, "--guest", "g", "--allow", one], ["bind", one, "--force"], ["unbind", one],
      ["remove", one], ["reset", one], ["vfs", one, "4"], ["rescan"], ["fields", one],
      ["diff", "x", "x"],
    ]
    for target in Target.all {
      commands.append(
        ["emit", target.name, one, "--guest", "g", "--force", "--allow", one, "--with-group"])
    }
    return commands
  }

  @Test func everythingAfterTheReader() throws {
    let environment = ProcessInfo.processInfo.environment
    let seconds = environment["FUZZ_SECONDS"].flatMap { Double($0) }
    let recordings = Self.recordings
    try #require(recordings.count > 4)
    let start = Date()
    var (turn, runs, read) = (0, 0, 0)
    while seconds.map({ Date().timeIntervalSince(start) < $0 }) ?? (read < 12) {
      turn += 1
      var random = Numbers(state: 0x9e37_79b9_7f4a_7c15 &* UInt64(turn))
      let recording = recordings[turn % recordings.count]
      let bytes = Self.changed(recording.bytes, &random)
      guard let host = try? Machine(recording: bytes, location: recording.name) else { continue }
      read += 1
      if let path = environment["FUZZ_INPUT"] {
        try Data(bytes).write(to: URL(fileURLWithPath: path))
      }
      for command in Self.commands(host, &random) {
        var platform = PlayedPlatform(host)
        platform.file = bytes
        let isJSON = Bool.random(using: &random)
        let arguments =
          command + (command[0] == "diff" ? [] : ["--from", "x"])
          + (isJSON && !command.contains("--format") ? ["--format", "json"] : [])
        let status = Front(platform).run(arguments)
        runs += 1
        #expect(
          [0, 1, 2, 64].contains(status)
            && !(platform.output.bytes.isEmpty && platform.output.errors.isEmpty),
          "turn \(turn), \(recording.name): \(arguments): status \(status)")
      }
    }
    print("fuzz: after the reader: \(runs) runs on \(read) of \(turn) changed recordings")
  }
}
