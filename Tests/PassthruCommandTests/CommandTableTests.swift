// SPDX-License-Identifier: Apache-2.0

import Foundation
import PCI
import PCIHost
import PCIRecords
import PassthruAnalysis
import PassthruConfig
import PassthruReport
import TestCorpora
import Testing

@testable import PassthruCommand

/// What follows from the table of subcommands: help, README, man pages, guesses.
@Suite("The table of subcommands")
struct CommandTableTests {
  static let recording =
    TestCorpora.root.appendingPathComponent("Fixtures/hosts/intel-rich.json").path

  private static let readme: String? = try? String(
    contentsOf: TestCorpora.root.appendingPathComponent("README.md"), encoding: .utf8)

  @Test func readmeHasTheTableOfTheHelp() throws {
    let help = try Passthru.run(["help"])
    #expect(help.status == 0 && help.errors.isEmpty)
    let table = help.output.split(separator: "\n", omittingEmptySubsequences: false)
      .drop { !$0.hasPrefix("passthru list") }.prefix { !$0.isEmpty }
    #expect(table.count >= Subcommand.shown.count)
    let indented = table.map { "    " + $0 }.joined(separator: "\n") + "\n"
    #expect(try #require(Self.readme).contains(indented), "README needs:\n\(indented)")
  }

  /// A command that a reader copies has to be one.
  @Test func everyCommandOfReadmeCanBeRead() throws {
    let table = Set(HelpText.table(100).split(separator: "\n"))
    var count = 0
    for line in try #require(Self.readme).split(separator: "\n") where line.hasPrefix("    ") {
      var words = line.prefix { $0 != "#" }.split(separator: " ").map { String($0) }
      if words.first == "sudo" { words.removeFirst() }
      guard words.first == "passthru", !table.contains(line.dropFirst(4)) else { continue }
      count += 1
      let parsed = try Subcommand.parse(Array(words.dropFirst()))
      #expect(parsed.declaration.name == (words.count > 1 ? words[1] : "list"), "\(line)")
      #expect(parsed.doubtfulWord == nil, "\(line)")
    }
    #expect(count > 15)
  }

  @Test func everyExampleIsACommandOfItsOwn() throws {
    for subcommand in Subcommand.shown {
      #expect(!subcommand.declaration.examples.isEmpty, "\(subcommand.name)")
      for example in subcommand.declaration.examples {
        let words = example.line.prefix { $0 != ">" }.split(separator: " ").map { String($0) }
        let parsed = try Subcommand.parse(words)
        #expect(parsed.declaration.name == subcommand.name, "\(example.line)")
        #expect(!example.meaning.isEmpty && !example.meaning.hasSuffix("."))
      }
    }
  }

  @Test func examplesStandFirst() throws {
    for subcommand in Subcommand.shown {
      let run = try Passthru.run(["help", subcommand.name])
      #expect(run.status == 0)
      let lines = run.output.split(separator: "\n", omittingEmptySubsequences: false)
      #expect(lines.dropFirst(1).first { !$0.isEmpty } == "Examples:", "\(subcommand.name)")
      #expect(lines.allSatisfy { $0.count <= 100 }, "\(subcommand.name)")
      #expect(run.output == (try Passthru.run([subcommand.name, "--help"])).output)
      for option in subcommand.ownOptions() where !option.isHidden {
        #expect(run.output.contains(option.name + (option.value.map { " " + $0 } ?? "")))
      }
    }
  }

  @Test(arguments: [60, 80]) func helpWrapsAtWords(_ width: Int) {
    let text = HelpText(TextStyle(width: width))
    for page in [text.whole] + Subcommand.shown.map({ text.page(of: $0) }) {
      for line in page.split(separator: "\n") where line.count > width {
        // What is one example or one usage cannot be broken.
        #expect(line.contains("passthru ") || !line.dropFirst(2).contains("  "), "\(line)")
      }
    }
  }

  @Test(arguments: [
    ("chekc", "did you mean check?"), ("lst", "did you mean list?"), ("plna", "mean plan?"),
    ("snapshoot", "mean snapshot?"), ("show-all", "neither a subcommand nor the name"),
    ("frobnicate", "neither a subcommand nor the name"),
  ])
  func mistypedSubcommand(_ word: String, _ answer: String) throws {
    for arguments in [[word], [word, "0a:00.0"], [word, "--format", "json"]] {
      let run = try Passthru.run(arguments + ["--from", Self.recording])
      #expect(run.status == 64 && run.output.isEmpty, "\(arguments)")
      #expect(run.errors.contains(answer), "\(run.errors)")
    }
  }

  /// A name of a device stays one, however near it is to a subcommand's.
  @Test func namesOfDevicesAreListed() throws {
    try Passthru.withFile(Data(BadInputTests.pciconf.utf8)) { file in
      for word in ["em0", "01:00.0", "1/0/0", "pci0:1:0:0", "8086:1521", "class:network"] {
        let run = try Passthru.run([word, "--from", file])
        #expect(run.output.contains("em0") && run.status != 64, "\(word): \(run.errors)")
      }
      let missing = try Passthru.run(["em7", "--from", file])
      #expect(missing.status == 64 && missing.errors.contains("no function is named em7"))
    }
    // An interface that somebody called plans is no mistyped plan.
    try Passthru.withFile(Data(try Self.withInterfaces(["plans"]).utf8)) { file in
      let run = try Passthru.run(["plans", "--from", file])
      #expect(run.status != 64 && run.output.contains("00:04.1"), "\(run.errors)")
    }
  }

  /// The recording, with network interfaces of these names on 00:04.1.
  static func withInterfaces(_ names: [String]) throws -> String {
    var host = try Machine(
      recording: TestCorpora.bytes(URL(fileURLWithPath: recording)), location: "intel-rich.json")
    let address = try #require(FunctionAddress("0000:00:04.1"))
    host.childDevices = names.map { ChildDevice(kind: .network, name: $0, function: address) }
    var json = JSONWriter(isIndented: true)
    MachineWriter(host, detail: .snapshot).write(into: &json)
    return String(decoding: json.bytes, as: UTF8.self)
  }

  @Test func optionsBeforeTheSubcommand() throws {
    let usual = try Passthru.run(["check", "--format", "json", "--from", Self.recording])
    for arguments in [
      ["--format", "json", "check", "--from", Self.recording],
      ["--from", Self.recording, "--format=json", "check"],
    ] {
      let run = try Passthru.run(arguments)
      #expect(run.output == usual.output && run.status == usual.status)
    }
  }

  @Test func rulesAreNotCutAtTheFirstPoint() throws {
    let lines = try Passthru.run(["rules"]).output.split(separator: "\n")
    #expect(lines.count == Rule.all.count)
    for (line, rule) in zip(lines, Rule.all) {
      // What is shown ends where a sentence does.
      let shown = try #require(line.range(of: "  ", options: .backwards)).upperBound
      let sentence = String(line[shown...])
      let rest = rule.meaning.dropFirst(sentence.count)
      #expect(rule.meaning.contains(sentence.split(separator: "  ").last ?? ""))
      if rule.meaning.hasPrefix(sentence) {
        #expect(rest.isEmpty || rest.hasPrefix(".") || rest.hasPrefix(". "), "\(line)")
      }
      #expect(!line.hasSuffix(" hw"), "\(line)")
    }
    #expect(Rules.firstSentence("Set hw.pci.x to 1. Then start.") == "Set hw.pci.x to 1")
    #expect(Rules.firstSentence("No end") == "No end")
  }

  /// One rule for a guest's name, whoever asks.
  @Test(arguments: ["_web", "web", "-web", ".web", "a b", "ä", "w\u{202e}b", ""])
  func namesOfGuests(_ name: String) throws {
    let host = try Machine(
      recording: TestCorpora.bytes(URL(fileURLWithPath: Self.recording)),
      location: "intel-rich.json")
    var guest = GuestOptions()
    guest.name = name
    let isRefused = (try? guest.request(on: host)) == nil
    #expect(isRefused == (name != "web"))
    let request = ConfigurationRequest(
      host: host, devices: [host.functions[1].address], guest: name)
    for target in Target.all {
      do throws(ConfigurationError) { _ = try target.emit(request) } catch {
        if name == "web" { #expect(!error.reason.contains("name a guest")) }
        continue
      }
      #expect(name == "web", "\(target.name) takes \(name)")
    }
  }

  @Test func versionHasOnePlace() throws {
    let run = try Passthru.run(["--version"])
    #expect(run.output == Version.text + "\n" && run.status == 0)
    let sources = TestCorpora.root.appendingPathComponent("Sources")
    let files = try #require(FileManager.default.enumerator(atPath: sources.path))
    var places: [String] = []
    for case let file as String in files where file.hasSuffix(".swift") {
      let text = try String(contentsOf: sources.appendingPathComponent(file), encoding: .utf8)
      if text.contains("\"\(Version.text)\"") { places.append(file) }
    }
    #expect(places == ["PassthruCommand/Version.swift"])
  }

  /// The form that swift-argument-parser's generate-manual reads.
  @Test func manualPages() throws {
    let run = try Passthru.run(["tool-info"])
    let tool = try JSONDecoder().decode(Tool.self, from: Data(run.output.utf8))
    #expect(tool.serializationVersion == 0)
    #expect(tool.command.commandName == "passthru")
    #expect(tool.command.subcommands?.map(\.commandName) == Subcommand.shown.map(\.name))
    for (command, subcommand) in zip(tool.command.subcommands ?? [], Subcommand.shown) {
      #expect(command.superCommands == ["passthru"])
      let names = command.arguments?.compactMap { $0.preferredName?.name }
      #expect(names == subcommand.options.map { String($0.name.dropFirst(2)) })
    }
  }

  /// What `ToolInfoV0` requires of a document.
  private struct Tool: Decodable {
    struct Name: Decodable {
      enum Kind: String, Decodable { case long, short, longWithSingleDash }
      var kind: Kind
      var name: String
    }
    struct Argument: Decodable {
      enum Kind: String, Decodable { case positional, option, flag }
      enum Strategy: String, Decodable { case `default` }
      var kind: Kind
      var shouldDisplay: Bool
      var isOptional: Bool
      var isRepeating: Bool
      var parsingStrategy: Strategy
      var names: [Name]?
      var preferredName: Name?
      var valueName: String?
      var abstract: String?
    }
    struct Command: Decodable {
      var superCommands: [String]?
      var commandName: String
      var abstract: String?
      var discussion: String?
      var defaultSubcommand: String?
      var subcommands: [Command]?
      var arguments: [Argument]?
    }
    var serializationVersion: Int
    var command: Command
  }
}
