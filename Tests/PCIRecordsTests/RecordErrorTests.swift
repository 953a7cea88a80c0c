// SPDX-License-Identifier: Apache-2.0

import Foundation
import PCI
import PCIHost
import PCIRecords
import TestCorpora
import Testing

/// What cannot be read, each with its own error.
@Suite struct RecordErrorTests {
  private func error(_ bytes: [UInt8], as kind: RecordKind? = nil) -> RecordError? {
    do {
      _ = try Machine(recording: bytes, as: kind, location: "test")
      return nil
    } catch { return error }
  }

  private func error(_ text: String, as kind: RecordKind? = nil) -> RecordError? {
    error(Array(text.utf8), as: kind)
  }

  @Test func emptyFile() {
    #expect(error([]) == .empty(size: 0))
    #expect(error(" \n\r\n\t") == .empty(size: 5))
    for kind in RecordKind.allCases { #expect(error([], as: kind) == .empty(size: 0)) }
  }

  @Test func binaryFile() {
    let program: [UInt8] = [0x7f, 0x45, 0x4c, 0x46, 0x02, 0x01, 0x01, 0x00]
    #expect(error(program) == .binary(offset: 4, size: 8))
    #expect(error(program, as: .pciconf) == .binary(offset: 4, size: 8))
  }

  @Test func textThatIsNoRecording() {
    #expect(error("hello\nworld\n") == .noHeader(lines: 2, first: "hello"))
    #expect(error("hello", as: .lspci) == .noHeader(lines: 1, first: "hello"))
    #expect(error("hello", as: .pciconf) == .noHeader(lines: 1, first: "hello"))
    // Not everything with an at sign is a header.
    #expect(
      error("mail@pci.example\n@pci0:0:0:0:\n") == .noHeader(lines: 2, first: "mail@pci.example"))
  }

  @Test func foreignJSON() {
    #expect(error("{\"name\": 1}") == .foreignJSON)
    #expect(error("{\"schema\": \"passthru.check/1\"}") == .foreignJSON)
  }

  @Test func snapshotThatBreaksItsSchema() {
    let text = "{\"schema\":\"passthru.host/1\",\"functions\":3}"
    guard case .snapshot(let reason) = error(text) else {
      Issue.record("no snapshot error: \(String(describing: error(text)))")
      return
    }
    #expect(reason.contains("functions"))
  }

  @Test func headersWithoutIds() {
    guard case .noIdentity(.lspci, line: 1, _) = error("00:00.0 Hostbrücke: Intel Corporation\n")
    else {
      Issue.record("lspci without numbers was read")
      return
    }
    guard case .noIdentity(.pciconf, line: 2, let reason) = error("#\nem0@pci0:0:25:0:\tclass=0x02")
    else {
      Issue.record("pciconf without ids was read")
      return
    }
    #expect(reason == "it has no vendor and device id")
  }

  @Test func duplicateAddress() throws {
    let address = try #require(FunctionAddress("00:19.0"))
    let header =
      "class=0x020000 rev=0x00 hdr=0x00 vendor=0x8086 device=0x1502 subvendor=0x0 subdevice=0x0"
    #expect(
      error("em0@pci0:0:25:0:\t\(header)\n\nem1@pci0:0:25:0:\t\(header)\n")
        == .duplicateAddress(address, first: 1, second: 3))
    #expect(
      error("00:19.0 0200: 8086:1502\n\n0000:00:19.0 0200: 8086:1502\n")
        == .duplicateAddress(address, first: 1, second: 3))
  }

  @Test func tooManyFunctions() {
    var bytes: [UInt8] = []
    let tail = Array(": chip=0x00018086\n".utf8)
    for domain in 0...262_144 {
      bytes.append(contentsOf: Array("a0@pci\(domain):0:0:0".utf8))
      bytes.append(contentsOf: tail)
    }
    #expect(error(bytes) == .tooManyFunctions(limit: 262_144))
  }

  @Test func everyErrorSaysWhatHappenedAndWhatToDo() throws {
    let address = try #require(FunctionAddress("00:19.0"))
    let errors: [RecordError] = [
      .empty(size: 0), .empty(size: 3), .binary(offset: 0, size: 1), .foreignJSON,
      .noHeader(lines: 1, first: "x"), .noIdentity(.lspci, line: 1, reason: "x"),
      .noIdentity(.pciconf, line: 1, reason: "x"),
      .duplicateAddress(address, first: 1, second: 2), .tooManyFunctions(limit: 1),
      .snapshot(reason: "x"),
    ]
    for error in errors {
      #expect(error.description.contains(": "))
      #expect(!error.description.hasSuffix("."))
      #expect(!error.description.contains("\n"))
    }
    #expect(
      RecordError.duplicateAddress(address, first: 1, second: 2).description.contains(
        "0000:00:19.0"))
  }

  /// 100 MB of anything is refused or read in bounded time: an optimised build takes
  /// less than a second, a debug build some seconds, on a busy machine a minute.
  @Test(
    .timeLimit(.minutes(5)),
    arguments: [("random", 100 << 20), ("letters", 10 << 20), ("lines", 100 << 20)])
  func largeGarbage(_ kind: String, _ count: Int) {
    // The block is random enough; what counts is the size.
    var block = [UInt8](repeating: 0, count: 1 << 16)
    var state: UInt64 = 0x9e37_79b9_7f4a_7c15
    for index in block.indices {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let byte = UInt8(truncatingIfNeeded: state >> 33)
      block[index] = kind == "random" ? byte : 0x21 + byte % 0x1f
      if kind == "lines", index % 64 == 63 { block[index] = 0x0a }
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    while bytes.count < count { bytes.append(contentsOf: block) }
    switch (kind, error(bytes)) {
    case ("random", .binary): break
    case ("letters", .noHeader(lines: 1, _)): break
    case ("lines", .noHeader(lines: let lines, _)): #expect(lines == count / 64)
    case (_, let other): Issue.record("\(kind): \(String(describing: other))")
    }
  }

  /// A file that starts well and goes on with garbage gives what it has, and few gaps.
  @Test func garbageBelowAHeader() throws {
    let line =
      "em0@pci0:0:25:0:\tclass=0x020000 card=0x00000000 chip=0x15028086 rev=0x04 hdr=0x00\n"
    let garbage = String(repeating: "lorem ipsum\n", count: 10_000)
    let host = try Machine(recording: Array((line + garbage).utf8), location: "test")
    #expect(host.functions.count == 1)
    let skipped = host.gaps.filter { $0.fact == "text" }
    #expect(skipped.count == 33)
    #expect(skipped.first?.subject == .line(2))
    #expect(skipped.last?.subject == .line(10_001))
    #expect(skipped.last?.reason.hasPrefix("9968 more lines") == true)
  }

  @Test func longLineIsSaidAndSkipped() throws {
    let header = "00:19.0 0200: 8086:1502\n"
    let long = "\t" + String(repeating: "x", count: 5000) + "\n"
    let host = try Machine(recording: Array((header + long).utf8), location: "test")
    #expect(host.gaps.contains { $0.subject == .line(2) && $0.reason.contains("5001 bytes") })
  }
}
