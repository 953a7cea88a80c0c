// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestCorpora
import Testing

/// A played FreeBSD host that keeps its drivers and its journal from run to run.
///
/// What is compared is the played kernel's own list: each function's driver, unit,
/// whether it is attached, and how it was set.
final class PlayedHost {
  /// What is played beside the recording: `FREEBSD_` variables of the harness.
  var plays: [String: String] = [:]

  let state: URL
  let database: URL
  private let folder: URL
  private let recording: String
  private var last: ProgramRun?
  private var lastArguments = ""

  /// The kernel's list at the start.
  let before: [String]

  /// A host as it started, without a journal; `name` is a folder for it alone.
  init(_ recording: String, _ name: String) throws {
    self.recording = recording
    folder = try Front.folder("change/\(recording)-\(name)")
    state = folder.appendingPathComponent("state")
    database = folder.appendingPathComponent("db")
    let run = try Self.run(["list"], recording, state, [:])
    try #require(run.status == 0, "\(run.text)")
    before = try Self.lines(state)
  }

  private static func run(
    _ arguments: [String], _ recording: String, _ state: URL, _ plays: [String: String]
  ) throws -> ProgramRun {
    var environment = Kernel(name: recording).environment
    environment["FREEBSD_STATE"] = state.path
    // Swift's own start-up keeps what it allocates.
    environment["ASAN_OPTIONS"] = "detect_leaks=0"
    return try ProgramRun(
      Front.checked, arguments, environment: environment.merging(plays) { $1 })
  }

  private static func lines(_ state: URL) throws -> [String] {
    String(decoding: try Data(contentsOf: state), as: UTF8.self).split(separator: "\n")
      .map(String.init)
  }

  // MARK: Runs

  /// The front with the words of a text as its arguments.
  func run(_ words: String) throws {
    lastArguments = words
    last = try Self.run(
      words.split(separator: " ").map(String.init), recording, state,
      ["FREEBSD_DATABASE": database.path].merging(plays) { $1 })
  }

  /// The same, with this host's journal, and without a change.
  func show(_ words: String) throws { try run("\(words) --state-directory \(database.path)") }

  /// The same, applied.
  func change(_ words: String) throws { try show("\(words) --apply") }

  /// A run with something played that is not played after it.
  func change(_ words: String, playing plays: [String: String]) throws {
    let usual = self.plays
    defer { self.plays = usual }
    self.plays.merge(plays) { $1 }
    try change(words)
  }

  var wasKilled: Bool { last?.status == 128 + SIGKILL }

  // MARK: States

  /// Puts the kernel's list and the journal of another moment in the place of these.
  func restart(_ lines: [String], journal: URL?) throws {
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: state)
    try? FileManager.default.removeItem(at: database)
    if let journal { try FileManager.default.copyItem(at: journal, to: database) }
  }

  /// A copy of the journal's folder as it is now.
  func keptJournal() throws -> URL {
    let copy = folder.appendingPathComponent("db-\(UUID().uuidString)")
    try FileManager.default.copyItem(at: database, to: copy)
    return copy
  }

  /// The machine was started again: the drivers are those of the start.
  func startAgain() throws { try FileManager.default.removeItem(at: state) }

  /// The kernel's list now.
  func now() throws -> [String] { try Self.lines(state) }

  /// A list without what no change takes back: that vmm is loaded.
  private static func drivers(_ lines: [String]) -> [String] {
    lines.filter { $0 != "ppt is loaded" }
  }

  /// Whether every function has what it had at the start.
  func isAsBefore() throws -> Bool { try Self.drivers(now()) == Self.drivers(before) }

  // MARK: Checks

  func check(
    _ what: String, _ isTrue: Bool, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    Front.counted.add("checks")
    guard !isTrue else { return }
    let text = last?.text.split(separator: "\n").prefix(12).joined(separator: "\n    ") ?? ""
    Issue.record(
      "\(what), after passthru \(lastArguments): status \(last?.status ?? -1)\n    \(text)",
      sourceLocation: sourceLocation)
  }

  func ends(_ status: Int32, sourceLocation: SourceLocation = #_sourceLocation) {
    check("the status is \(status)", last?.status == status, sourceLocation: sourceLocation)
  }

  func says(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) {
    check("it says: \(text)", last?.text.contains(text) == true, sourceLocation: sourceLocation)
  }

  func saysNothing(of text: String, sourceLocation: SourceLocation = #_sourceLocation) {
    check(
      "it does not say: \(text)", last?.text.contains(text) == false,
      sourceLocation: sourceLocation)
  }

  /// A function's line in the kernel's list begins so and has this in it.
  func has(
    _ start: String, _ part: String = "", sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    check(
      "the kernel has \(start) \(part)",
      try now().contains { $0.hasPrefix(start) && (part.isEmpty || $0.contains(part)) },
      sourceLocation: sourceLocation)
  }

  /// A function has this driver and unit: `ppt 0`.
  func holds(
    _ function: String, _ driver: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try has("\(function) \(driver) attached=1", sourceLocation: sourceLocation)
  }

  func nothingIsChanged(sourceLocation: SourceLocation = #_sourceLocation) throws {
    check("every driver is as before", try isAsBefore(), sourceLocation: sourceLocation)
  }

  /// Every function but these is as before.
  func othersAreAsBefore(
    _ functions: String..., sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    func others(_ lines: [String]) -> [String] {
      Self.drivers(lines).filter { line in !functions.contains { line.hasPrefix("\($0) ") } }
    }
    check(
      "every other driver is as before", try others(now()) == others(before),
      sourceLocation: sourceLocation)
  }

  private var journal: String { database.appendingPathComponent("journal.json").path }

  func hasJournal(sourceLocation: SourceLocation = #_sourceLocation) {
    check(
      "there is a journal", FileManager.default.fileExists(atPath: journal),
      sourceLocation: sourceLocation)
  }

  func hasNoJournal(sourceLocation: SourceLocation = #_sourceLocation) {
    check(
      "there is no journal", !FileManager.default.fileExists(atPath: journal),
      sourceLocation: sourceLocation)
  }
}
