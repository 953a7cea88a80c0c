// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestCorpora
import Testing

extension FrontTests {
  /// For every recorded kernel and every recording the FreeBSD front answers as the full
  /// command does.
  struct ComparisonTests {
    private static func rich12() throws -> String { try Kernel(name: "rich12").snapshot() }
    private static func ppt15() throws -> String { try Kernel(name: "ppt15").snapshot() }

    // What the front finds live is, as a snapshot, what both read.
    @Test(arguments: Kernel.all)
    func snapshotIsReadAlike(_ kernel: Kernel) throws {
      let snapshot = try kernel.snapshot()
      try Comparison.allWays(snapshot)
      let list = try ProgramRun(Front.full, ["list", "--from", snapshot])
      let functions = list.text.matches(of: #/(?m)^pci[0-9:]+/#).prefix(3).map {
        String($0.output)
      }
      #expect(!functions.isEmpty)
      for function in functions {
        try Comparison.compare("show \(function)", from: snapshot)
        try Comparison.compare("plan \(function) --guest g", from: snapshot)
        try Comparison.compare("plan \(function) --guest g --format json", from: snapshot)
        for target in ["loader.conf", "bhyve", "vm-bhyve", "iohyve"] {
          try Comparison.compare("emit \(target) \(function) --guest g", from: snapshot)
        }
      }
    }

    @Test(arguments: Kernel.all)
    func textOfALiveScanIsThatOfItsSnapshot(_ kernel: Kernel) throws {
      for command in ["list", "tree", "groups", "check"] {
        let live = try kernel.run([command])
        let full = try ProgramRun(Front.full, [command, "--from", kernel.snapshot()])
        Comparison.same("\(kernel) live: passthru \(command)", live.output, full.output)
      }
    }

    // But for the names, which come from another year's pci.ids.
    @Test(arguments: Kernel.names)
    func pciconfFormIsWhatThatSystemPrinted(_ name: String) throws {
      let kernel = Kernel(name: name)
      let printed = try kernel.run(["list", "--format", "pciconf"]).output
      let recorded = try Data(
        contentsOf: kernel.folder.appendingPathComponent("pciconf-lvbce.txt"))
      let texts = [printed, recorded].map { data in
        Data(
          String(decoding: data, as: UTF8.self)
            .replacing(#/(?m)^    (?:vendor|device)     = .*\n/#, with: "").utf8)
      }
      Comparison.same("\(name): list --format pciconf", texts[0], texts[1])
    }

    @Test func inputThatIsNoRecording() throws {
      try Comparison.compare("", from: "/nonexistent/recording")
      try Comparison.compare("--as nonsense", from: TestCorpora.fixtures.path + "/INDEX.md")
      try Comparison.compare("", from: TestCorpora.fixtures.path + "/INDEX.md")
    }

    @Test func whatNeedsNoHost() throws {
      for arguments in [
        ["targets"], ["targets", "--format", "json"], ["rules"], ["rules", "--format", "json"],
        ["fields"], ["check", "--explain", "bar.alignment"], ["check", "--explain", "nonsense"],
      ] {
        try Comparison.compare(arguments)
      }
    }

    @Test func fieldsAndReasons() throws {
      try Comparison.compare(
        "show em0 --field msix.control.tableSize", from: try Self.rich12())
      try Comparison.compare("groups --why em0 em1", from: try Self.rich12())
    }

    /// A loader.conf with a fault in it.
    private static let loader = Data("vmm_load=\"YES\"\npptdevs=\"1/0/1,9/1/0\"\n".utf8)

    @Test func files() throws {
      let rich12 = try Self.rich12()
      let file = try Front.folder("files").appendingPathComponent("loader.conf")
      try Self.loader.write(to: file)
      let path = file.path
      for words in [
        "lint \(path)", "lint \(path) --kind loader.conf --format json",
        "lint /nonexistent/loader.conf", "emit loader.conf em1 --guest g --undo",
        "emit loader.conf em1 --guest g --into \(path)",
        "emit loader.conf em1 --guest g --into /nonexistent/loader.conf --write",
        "emit loader.conf em1 --guest g --write",
      ] {
        try Comparison.compare(words, from: rich12)
      }
      try Comparison.compare(["rom", path])
    }

    // The same file, backups and mode from both, and nothing left beside them; a link is
    // refused with the name of its file, and what is planted is not followed.
    @Test func filesAreWrittenAlike() throws {
      let written = try [("front", Front.executable), ("full", Front.full)].map { name, command in
        let folder = try Front.folder("write-\(name)")
        let real = try Front.folder("write-\(name)/real")
        for folder in [folder, real] {
          try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: folder.path)
        }
        let file = real.appendingPathComponent("loader.conf")
        let link = folder.appendingPathComponent("loader.conf")
        let victim = folder.appendingPathComponent("victim")
        try Self.loader.write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: file.path)
        try FileManager.default.createSymbolicLink(
          atPath: link.path, withDestinationPath: "real/loader.conf")
        try Data("victim\n".utf8).write(to: victim)
        try FileManager.default.createSymbolicLink(
          atPath: file.path + ".before-passthru", withDestinationPath: "../victim")
        let said = try [("em1", file), ("em1", file), ("em0", link)].map { function, file in
          let arguments = ["emit", "loader.conf", function, "--guest", "g", "--force", "--write"]
          let run = try ProgramRun(
            command, arguments + ["--from", Self.rich12(), "--into", file.path])
          return "\(run.status)\n\(run.text.replacing(folder.path, with: "FOLDER"))"
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: real.path).sorted()
        let files = try names.map { name in
          let path = real.appendingPathComponent(name)
          let facts = try FileManager.default.attributesOfItem(atPath: path.path)
          let shown = [.posixPermissions, .ownerAccountID, .groupOwnerAccountID, .type].map {
            (key: FileAttributeKey) in "\(facts[key] ?? "-")"
          }
          return "\(name) \(shown)\n\(String(decoding: try Data(contentsOf: path), as: UTF8.self))"
        }
        #expect(try Data(contentsOf: victim) == Data("victim\n".utf8), "\(said)")
        #expect(said[2].contains("is a link to"))
        #expect(
          try Data(contentsOf: real.appendingPathComponent("loader.conf.before-passthru.1"))
            == Self.loader, "\(said)")
        #expect(try Data(contentsOf: file) != Self.loader, "\(said)")
        #expect(
          try FileManager.default.destinationOfSymbolicLink(atPath: link.path)
            == "real/loader.conf")
        return Data((said + files).joined(separator: "\n").utf8)
      }
      Comparison.same("emit --write", written[0], written[1])
    }

    @Test func outputThatCannotBeWritten() throws {
      for command in [Front.executable, Front.full] {
        let run = try ProgramRun(
          URL(fileURLWithPath: "/bin/sh"),
          ["-c", "exec \"$0\" \"$@\" >/dev/full", command.path, "list", "--from", Self.rich12()])
        #expect(run.status == 2)
        #expect(run.text.contains("could not be written"))
      }
    }

    @Test func cardROMs() throws {
      let seeds = try Front.folder("seeds")
      let made = try ProgramRun(
        URL(fileURLWithPath: "/usr/bin/env"),
        ["python3", TestCorpora.root.path + "/Scripts/fuzz-seeds.py"]
          + [TestCorpora.fixtures.path, seeds.path])
      #expect(made.status == 0, "\(made.text)")
      let folder = seeds.appendingPathComponent("rom/seeds")
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
      #expect(!names.isEmpty)
      for name in names {
        let path = folder.appendingPathComponent(name).path
        try Comparison.compare(["rom", path])
        try Comparison.compare(["rom", path, "--format", "json"])
      }
    }

    // Changes are shown, or refused, without a host of one's own.
    @Test(arguments: [
      "bind em1", "bind em1 --force", "bind em0 em1 --force --format json",
      "bind em1 --driver em --force", "bind 02:00.0 --force", "bind pcib1", "bind nosuch0",
      "bind em1 --apply", "bind em1 --driver ../em", "unbind em1", "restore", "restore --all",
      "reset em1", "reset em1 --method flr", "reset hostb0", "rescan", "remove em1", "vfs em1 2",
    ])
    func changes(_ words: String) throws {
      try Comparison.compare(words, from: try Self.rich12())
      try Comparison.compare(words, from: try Self.ppt15())
    }

    @Test(
      arguments: TestCorpora.files("pciconf", suffix: ".pciconf") + TestCorpora.files("lspci-hex"))
    func otherPeoplesRecordings(_ file: URL) throws {
      try Comparison.allWays(file.path)
    }
  }
}
