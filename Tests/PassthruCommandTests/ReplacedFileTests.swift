// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestCorpora
import Testing

/// Files that the command writes, in directories that somebody else plays with.
@Suite("Replaced files")
struct ReplacedFileTests {
  static let existing = FileTests.existing
  static let victim = "what root alone may change\n"

  /// A folder with a `loader.conf`, and a `victim` in another folder.
  struct Place {
    let folder: URL
    let victim: URL

    func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    func text(_ name: String) throws -> String {
      try String(contentsOfFile: path(name), encoding: .utf8)
    }

    func names() throws -> [String] {
      try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    }

    func plant(_ name: String) throws {
      try FileManager.default.createSymbolicLink(
        atPath: path(name), withDestinationPath: victim.path)
    }

    func victimIsAsItWas() throws -> Bool {
      try String(contentsOf: victim, encoding: .utf8) == ReplacedFileTests.victim
    }

    func emit(into name: String = "loader.conf", devices: [String] = ["em1"]) throws
      -> Passthru.Run
    {
      try Passthru.run(
        ["emit", "loader.conf"] + devices + [
          "--guest", "g", "--force", "--from", FileTests.recording, "--into", path(name),
          "--write",
        ])
    }
  }

  private func withPlace(_ body: (Place) throws -> Void) throws {
    let files = FileManager.default
    let base = files.temporaryDirectory.appendingPathComponent("passthru-\(UUID().uuidString)")
    let place = Place(
      folder: base.appendingPathComponent("folder"),
      victim: base.appendingPathComponent("other/victim"))
    for folder in [place.folder, place.victim.deletingLastPathComponent()] {
      try files.createDirectory(
        at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
    }
    defer { try? files.removeItem(at: base) }
    try Self.existing.write(toFile: place.path("loader.conf"), atomically: false, encoding: .utf8)
    try Self.victim.write(to: place.victim, atomically: false, encoding: .utf8)
    try body(place)
  }

  private func set(_ key: FileAttributeKey, _ value: Int, of place: Place) throws {
    try FileManager.default.setAttributes([key: value], ofItemAtPath: place.folder.path)
  }

  @Test func plantedLinksAreNotFollowed() throws {
    try withPlace { place in
      let names = ["loader.conf.before-passthru", "loader.conf.passthru-new"]
      for name in names { try place.plant(name) }
      // 1: what the pciconf text does not say is in what is written.
      #expect(try place.emit().status == 1)
      #expect(try place.victimIsAsItWas())
      #expect(try place.text("loader.conf.before-passthru.1") == Self.existing)
      for name in names {
        let attributes = try FileManager.default.attributesOfItem(atPath: place.path(name))
        #expect(attributes[.type] as? FileAttributeType == .typeSymbolicLink)
      }
      let expected = ["loader.conf", "loader.conf.before-passthru.1"] + names
      #expect(try place.names() == expected.sorted())
    }
  }

  @Test func everyWriteHasABackupOfItsOwn() throws {
    try withPlace { place in
      #expect(try place.emit().status == 1)
      let second = try place.text("loader.conf")
      #expect(try place.emit(devices: ["em0"]).status == 1)
      #expect(try place.text("loader.conf") != second)
      #expect(try place.text("loader.conf.before-passthru") == Self.existing)
      #expect(try place.text("loader.conf.before-passthru.1") == second)
      #expect(try place.names().count == 3)
    }
  }

  @Test func aLinkIsRefusedWithTheNameOfItsFile() throws {
    try withPlace { place in
      try FileManager.default.createSymbolicLink(
        atPath: place.path("link.conf"), withDestinationPath: "loader.conf")
      let run = try place.emit(into: "link.conf")
      #expect(run.status == 2)
      #expect(run.errors.contains("is a link to "))
      #expect(run.errors.contains("/folder/loader.conf: name that file"), "\(run.errors)")
      #expect(try place.text("loader.conf") == Self.existing)
      #expect(try place.names() == ["link.conf", "loader.conf"])
    }
  }

  @Test func aDirectoryOfOthersIsRefused() throws {
    try withPlace { place in
      try set(.posixPermissions, 0o777, of: place)
      let run = try place.emit()
      #expect(run.status == 2 && run.errors.contains("others can write its directory"))
      #expect(try place.text("loader.conf") == Self.existing)
      #expect(try place.names() == ["loader.conf"])
      // Where the sticky bit keeps them from our names it is taken.
      try set(.posixPermissions, 0o1777, of: place)
      #expect(try place.emit().status == 1)
    }
    guard getuid() == 0 else {
      print("SKIPPED: not root: root's writing into another user's directory is not tried")
      return
    }
    try withPlace { place in
      try set(.ownerAccountID, 65534, of: place)
      let run = try place.emit()
      #expect(run.status == 2 && run.errors.contains("others can write its directory"))
      #expect(try place.names() == ["loader.conf"])
    }
  }

  /// A write that ends at a limit: at the backup, then at the new file.
  @Test(arguments: [3000, 950]) func nothingIsLeftBehind(_ size: Int) throws {
    try withPlace { place in
      let old = Self.existing + "#" + String(repeating: "x", count: size) + "\n"
      try old.write(toFile: place.path("loader.conf"), atomically: false, encoding: .utf8)
      // 1,024 bytes a file; to grow beyond is an error and not a signal.
      let run = try Passthru.inShell(
        "ulimit -f 1; trap '' XFSZ; exec \"$0\" \"$@\" 2>&1 >/dev/null",
        [
          "emit", "loader.conf", "em1", "--guest", "g", "--force", "--from", FileTests.recording,
          "--into", place.path("loader.conf"), "--write",
        ])
      #expect(run.status == 2, "\(run.output)")
      #expect(try place.text("loader.conf") == old)
      #expect(try place.names() == ["loader.conf"])
    }
  }

  // MARK: -o FILE

  private func snapshot(_ place: Place) throws -> Passthru.Run {
    try Passthru.run(["snapshot", "--from", FileTests.recording, "-o", place.path("out.json")])
  }

  @Test func outputIntoADirectoryOfOthersFollowsNoLink() throws {
    try withPlace { place in
      try set(.posixPermissions, 0o777, of: place)
      try place.plant("out.json")
      #expect(try snapshot(place).status == 0)
      #expect(try place.victimIsAsItWas())
      #expect(try place.text("out.json").hasPrefix("{"))
      #expect(try place.names() == ["loader.conf", "out.json"])
    }
  }

  @Test func outputThroughOnesOwnLinkGoesToItsFile() throws {
    try withPlace { place in
      try place.plant("out.json")
      #expect(try snapshot(place).status == 0)
      #expect(try String(contentsOf: place.victim, encoding: .utf8).hasPrefix("{"))
    }
  }

  @Test func outputKeepsTheModeOfWhatWasThere() throws {
    try withPlace { place in
      try "old".write(toFile: place.path("out.json"), atomically: false, encoding: .utf8)
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o600], ofItemAtPath: place.path("out.json"))
      #expect(try snapshot(place).status == 0)
      let attributes = try FileManager.default.attributesOfItem(atPath: place.path("out.json"))
      #expect(attributes[.posixPermissions] as? Int == 0o600)
      let run = try Passthru.inShell(
        "exec \"$0\" snapshot --from \"$1\" -o /dev/stdout | head -c 1", [FileTests.recording])
      #expect(run.output == "{")
    }
  }

  // MARK: standard output

  static let commands: [[String]] = [
    ["list"], ["tree"], ["groups"], ["check"], ["show", "em0"], ["snapshot"],
    ["list", "--format", "json"], ["emit", "loader.conf", "em1", "--guest", "g", "--force"],
    ["diff", FileTests.recording, FileTests.recording, "--format", "json"],
  ]

  @Test(arguments: commands) func aFullDiskIsSaid(_ arguments: [String]) throws {
    let source = arguments[0] == "diff" ? [] : ["--from", FileTests.recording]
    let run = try Passthru.inShell("exec \"$0\" \"$@\" 2>&1 >/dev/full", arguments + source)
    #expect(run.status == 2)
    #expect(run.output.contains("standard output could not be written"), "\(run.output)")
    #expect(run.output.contains("No space left on device"))
  }

  @Test(arguments: [["rules"], ["targets"], ["fields"], ["--help"], ["--version"], ["emit", "-h"]])
  func aFullDiskIsSaidWithoutAHost(_ arguments: [String]) throws {
    let run = try Passthru.inShell("exec \"$0\" \"$@\" 2>&1 >/dev/full", arguments)
    #expect(run.status == 2, "\(run.output)")
    #expect(run.output.contains("standard output could not be written"), "\(run.output)")
  }

  @Test func aReaderThatGoesAwayIsNoError() throws {
    let run = try Passthru.inShell(
      "exec 4>&1; { sleep 0.2; \"$0\" fields 2>&4; echo \"status $?\" >&4; } | true", [])
    #expect(run.output == "status 0\n", "\(run.output)")
  }
}
