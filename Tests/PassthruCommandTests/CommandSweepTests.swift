// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestCorpora
import Testing

/// The command on every recording of the corpora: an answer or an error, never a trap.
@Suite("Exit statuses on every recording")
struct CommandSweepTests {
  /// Recordings of whole hosts; the two files beside them are notes.
  static let recordings: [URL] =
    TestCorpora.files("lspci-hex")
    + TestCorpora.files("pciconf").filter { !notes.contains($0.lastPathComponent) }
  static let notes = ["SOURCE", "index.tsv"]
  /// Raw configuration spaces, one function each.
  static let spaces = TestCorpora.files("config", suffix: ".config")

  /// Runs one command; a status of 0 or 1 says that it could answer.
  @discardableResult
  private func answer(_ arguments: [String]) throws -> Passthru.Run {
    let run = try Passthru.run(arguments)
    #expect(run.status == 0 || run.status == 1, "\(arguments): \(run.status): \(run.errors)")
    #expect(!run.output.isEmpty, "\(arguments)")
    return run
  }

  /// Lists a recording, shows all fields of every function, and judges them.
  private func sweep(_ path: String) throws {
    let list = try answer(["list", "-a", "--format", "json", "--from", path])
    #expect(list.status == 0)
    let document = try JSONSerialization.jsonObject(with: Data(list.output.utf8))
    let functions = try #require((document as? [String: Any])?["functions"] as? [[String: Any]])
    let addresses = functions.compactMap { $0["address"] as? String }
    #expect(!addresses.isEmpty && addresses.count == functions.count)
    #expect(try answer(["show", "-v", "--from", path] + addresses).status == 0)
    for consumer in ["vfio", "bhyve"] {
      let check = try answer(["check", "-v", "--for", consumer, "--from", path] + addresses)
      // 1 and only 1 says that something selected is blocked or unknown, or goes on a
      // condition that is not recorded.
      let verdicts = try answer(
        ["check", "--format", "json", "--for", consumer, "--from", path] + addresses)
      #expect(check.status == verdicts.status)
      let found = try JSONSerialization.jsonObject(with: Data(verdicts.output.utf8))
      let assessments = (found as? [String: Any])?["assessments"] as? [[String: Any]] ?? []
      let stops = assessments.contains {
        let findings = $0["findings"] as? [[String: Any]] ?? []
        return ["blocked", "unknown"].contains($0["verdict"] as? String ?? "")
          || findings.contains { $0["resolution"] as? String == "fact" }
      }
      #expect(assessments.count == addresses.count)
      #expect((verdicts.status == 1) == stops, "\(path) for \(consumer)")
    }
  }

  @Test(.enabled(if: TestCorpora.isPresent), arguments: recordings)
  func recordedHosts(_ file: URL) throws { try sweep(file.path) }

  @Test(.enabled(if: TestCorpora.isPresent)) func notesAreNoRecordings() throws {
    for file in TestCorpora.files("pciconf") where Self.notes.contains(file.lastPathComponent) {
      let run = try Passthru.run(["list", "--from", file.path])
      #expect(run.status == 2 && run.output.isEmpty)
      #expect(run.errors.contains("none of the"))
    }
  }

  /// A raw space is no recording of a host: it is refused with what to do.
  @Test(.enabled(if: TestCorpora.isPresent), arguments: spaces)
  func rawSpacesAreRefused(_ file: URL) throws {
    for command in [["list"], ["check"], ["groups"], ["show", "00:00.0"], ["snapshot"]] {
      let run = try Passthru.run(command + ["--from", file.path])
      #expect(run.status == 2 && run.output.isEmpty, "\(command)")
      #expect(run.errors.contains("is not text") && run.errors.contains(": give "))
    }
  }

  /// The same space as lspci would have dumped it is read.
  @Test(.enabled(if: TestCorpora.isPresent), arguments: spaces)
  func spacesAsHexDumps(_ file: URL) throws {
    let bytes = [UInt8](try Data(contentsOf: file))
    var text = "01:00.0 Class\n"
    for row in stride(from: 0, to: bytes.count, by: 16) {
      text += String(format: "%02x:", row)
      for byte in bytes[row..<row + 16] { text += String(format: " %02x", byte) }
      text += "\n"
    }
    try Passthru.withFile(Data(text.utf8)) { try sweep($0) }
  }
}
