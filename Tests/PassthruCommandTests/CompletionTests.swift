// SPDX-License-Identifier: Apache-2.0

import Foundation
import PassthruAnalysis
import PassthruConfig
import TestCorpora
import Testing

@testable import PassthruCommand

/// What a shell offers while somebody types.
@Suite("Completion")
struct CompletionTests {
  private static let recording = CommandTableTests.recording

  private func complete(_ words: [String]) throws -> [String] {
    let run = try Passthru.run(["complete", "--"] + words)
    #expect(run.status == 0 && run.errors.isEmpty, "\(words): \(run.errors)")
    return run.output.split(separator: "\n").map { String($0) }
  }

  @Test func subcommands() throws {
    #expect(try complete([""]) == Subcommand.shown.map(\.name))
    #expect(try complete(["sn"]) == ["snapshot"])
    #expect(try complete(["--format", "json", "ch"]) == ["check"])
    #expect(try complete([]) == Subcommand.shown.map(\.name))
  }

  @Test func valuesOfOptions() throws {
    #expect(try complete(["emit", ""]) == Target.all.map(\.name))
    #expect(try complete(["list", "--as", ""]) == ["sysfs", "lspci", "pciconf", "snapshot"])
    #expect(try complete(["check", "--for", ""]) == ["vfio", "bhyve"])
    #expect(try complete(["check", "--for=b"]) == ["--for=bhyve"])
    #expect(try complete(["check", "--explain", ""]) == Rule.all.map(\.id))
    #expect(try complete(["show", "--field", "msix.control.tab"]) == ["msix.control.tableSize"])
    #expect(try complete(["list", "--from", ""]) == [":files"])
    #expect(try complete(["plan", "--etc", ""]) == [":directories"])
    #expect(try complete(["plan", "--guest", ""]).isEmpty)
    #expect(try complete(["vfs", "03:00.0", ""]).isEmpty)
  }

  @Test func namesOfOptions() throws {
    #expect(try complete(["emit", "--un"]) == ["--undo"])
    #expect(try complete(["list", "--un"]).isEmpty)
    #expect(try complete(["bind", "--in"]).isEmpty, "hidden options are not offered")
    for subcommand in Subcommand.shown {
      let offered = try complete([subcommand.name, "--"])
      #expect(offered == subcommand.options.map(\.name) + ["--help"], "\(subcommand.name)")
    }
  }

  @Test func functionsOfTheHost() throws {
    let from = ["--from", Self.recording]
    let addresses = try complete(from + ["show", "0f:"])
    #expect(addresses == ["0f:00.0", "0f:00.1"])
    let named = try CommandTableTests.withInterfaces(["eth0", "lan"])
    try Passthru.withFile(Data(named.utf8)) { file in
      let interfaces = try complete(["--from", file, "check", "eth"])
      let other = try complete(["bind", "--from", file, "00:04.0", "la"])
      #expect(interfaces == ["eth0"] && other == ["lan"])
    }
    #expect(
      try complete(["--from=" + Self.recording, "list", "--allow", "0f:00.1"]) == ["0f:00.1"])
    #expect(try complete(from + ["reset", "00:04.1", "--method", ""]).contains("flr"))
    #expect(try complete(["--from", "/nonexistent", "show", ""]).isEmpty)
  }

  /// What the shell itself makes of a line; `nil` where it is not installed.
  private func ask(_ shell: String, _ script: String) throws -> [String]? {
    guard try TestCorpora.run("sh", ["-c", "command -v \(shell)"]) != nil else {
      print("SKIPPED: completion in \(shell): it is not installed")
      return nil
    }
    let path = Passthru.executable.deletingLastPathComponent().path
    let answer = try TestCorpora.run(shell, ["-c", "export PATH=\(path):$PATH; " + script])
    return answer?.split(separator: "\n").map { String($0) }
  }

  @Test(arguments: [
    ("passthru emit vm", ["vm-bhyve"]), ("passthru sn", ["snapshot"]),
    // bash replaces what follows the colon, and nothing before it.
    ("passthru --from \(recording) show 0f:", ["00.0", "00.1"]),
    ("passthru check --for=", ["vfio", "bhyve"]), ("passthru check --for ", ["vfio", "bhyve"]),
    ("passthru lint \(TestCorpora.root.path)/READ", [TestCorpora.root.path + "/README.md"]),
  ])
  func bash(_ line: String, _ expected: [String]) throws {
    let offered = try ask(
      "bash",
      """
      eval "$(passthru completions bash)"; COMP_LINE='\(line)'; COMP_POINT=${#COMP_LINE}
      _passthru; printf '%s\\n' "${COMPREPLY[@]}"
      """)
    guard let offered else { return }
    #expect(offered == expected)
  }

  @Test func fish() throws {
    let offered = try ask(
      "fish", "passthru completions fish | source; complete -C 'passthru emit vm'")
    guard let offered else { return }
    #expect(offered == ["vm-bhyve"])
  }

  @Test func scriptsAreValid() throws {
    for shell in ["bash", "zsh"] {
      let script = try Passthru.run(["completions", shell]).output
      try Passthru.withFile(Data(script.utf8)) { file in
        if let answer = try ask(shell, "\(shell) -n \(file) && echo fine") {
          #expect(answer == ["fine"])
        }
      }
    }
  }
}
