// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestCorpora
import Testing

/// One question to the command on a report that people made, and what the answer has to say.
struct ReportQuestion: Sendable, CustomTestStringConvertible {
  /// The folder of the report.
  var name: String
  /// The arguments; a word with `@` in front is a file of the report.
  var words: String
  var status: Int32?
  /// What the text has, with blanks collapsed.
  var says: [String] = []
  /// What it must not have.
  var omits: [String] = []
  var testDescription: String { name + ": " + words }

  /// Whether the reports of a system are here; says so where they are not.
  static func isPresent(_ system: String) -> Bool {
    guard let corpora = TestCorpora.corpora else { return false }
    let folder = corpora.appendingPathComponent("../cases/" + system).path
    if FileManager.default.fileExists(atPath: folder) { return true }
    print("SKIPPED: no ../shared/cases/\(system): its reports are not tried")
    return false
  }

  /// Asks it of a report in a folder.
  func ask(in root: URL) throws {
    let arguments = words.split(separator: " ").map { word in
      word.hasPrefix("@")
        ? root.appendingPathComponent(String(word.dropFirst())).path : String(word)
    }
    let run = try Passthru.run(arguments)
    let text = (run.output + run.errors).split(whereSeparator: \.isWhitespace)
      .joined(separator: " ")
    if let status { #expect(run.status == status, "\(text)") }
    for part in says { #expect(text.contains(part), "\(part) in \(text)") }
    for part in omits { #expect(!text.contains(part), "\(part) in \(text)") }
  }
}
