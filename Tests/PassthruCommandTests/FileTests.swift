// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestCorpora
import Testing

/// The subcommands that read and replace a user's own files.
@Suite("Files")
struct FileTests {
  static let recording = BlogPostTests.recording
  static let existing = """
    # kept by hand
    zfs_load="YES"
    pptdevs="2/0/0"
    """ + "\n"

  private func withFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("passthru-files-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }

  private func emit(into file: String, _ more: [String]) throws -> Passthru.Run {
    try Passthru.run(
      [
        "emit", "loader.conf", "em1", "--guest", "g", "--force", "--from", Self.recording,
        "--into", file,
      ] + more)
  }

  @Test func differenceChangesNothing() throws {
    try withFolder { folder in
      let file = folder.appendingPathComponent("loader.conf")
      try Self.existing.write(to: file, atomically: true, encoding: .utf8)
      let run = try emit(into: file.path, [])
      // 1: what the pciconf text does not say is in what is written.
      #expect(run.status == 1)
      #expect(run.output.contains("-pptdevs=\"2/0/0\"\n"))
      #expect(run.output.contains("+pptdevs=\"2/0/0 1/0/1\"\n"))
      #expect(run.output.contains(" # kept by hand\n"))
      #expect(try String(contentsOf: file, encoding: .utf8) == Self.existing)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 1)
    }
  }

  @Test func writingKeepsModeAndBackupAndIsDoneOnce() throws {
    try withFolder { folder in
      let file = folder.appendingPathComponent("loader.conf")
      try Self.existing.write(to: file, atomically: true, encoding: .utf8)
      try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: file.path)
      #expect(try emit(into: file.path, ["--write"]).status == 1)
      let text = try String(contentsOf: file, encoding: .utf8)
      #expect(text.hasPrefix("# kept by hand\nzfs_load=\"YES\"\n"))
      #expect(text.contains("\npptdevs=\"2/0/0 1/0/1\"\n"))
      #expect(text.components(separatedBy: "pptdevs=").count == 2)
      let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
      #expect(attributes[.posixPermissions] as? Int == 0o640)
      let backup = folder.appendingPathComponent("loader.conf.before-passthru")
      #expect(try String(contentsOf: backup, encoding: .utf8) == Self.existing)
      let again = try emit(into: file.path, ["--write"])
      #expect(again.output.isEmpty)
      #expect(again.errors.contains("nothing to change"))
      #expect(try String(contentsOf: file, encoding: .utf8) == text)
    }
  }

  @Test func lintSaysLineReasonAndRemedy() throws {
    try withFolder { folder in
      let file = folder.appendingPathComponent("loader.conf")
      try "vmm_load=\"YES\"\npptdevs=\"1/0/0,1/0/1\"\n"
        .write(to: file, atomically: true, encoding: .utf8)
      let run = try Passthru.run(["lint", file.path])
      #expect(run.status == 1)
      #expect(run.output.contains("loader.conf:2: "))
      #expect(run.output.contains("comma"))
      #expect(run.output.contains("    -> "))
      try "vmm_load=\"YES\"\npptdevs=\"1/0/0 1/0/1\"\n"
        .write(to: file, atomically: true, encoding: .utf8)
      let clean = try Passthru.run(["lint", file.path, "--from", Self.recording])
      #expect(clean.status == 0, "\(clean.output)")
    }
  }

  @Test func lintOfAnUnknownKindAsks() throws {
    try withFolder { folder in
      let file = folder.appendingPathComponent("notes.txt")
      try "buy milk\n".write(to: file, atomically: true, encoding: .utf8)
      let run = try Passthru.run(["lint", file.path])
      #expect(run.status == 2)
      #expect(run.errors.contains("--kind"))
      #expect(try Passthru.run(["lint", folder.path + "/none"]).status == 2)
    }
  }
}
