// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestCorpora
import Testing

/// The FreeBSD front's answers against the full command's, byte for byte.
enum Comparison {
  /// Both commands: output, messages and status have to be the same.
  static func compare(
    _ arguments: [String], sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    Front.counted.add("compared")
    let front = try ProgramRun(Front.executable, arguments)
    let full = try ProgramRun(Front.full, arguments)
    if front != full {
      Issue.record(
        """
        passthru \(arguments.joined(separator: " ")): status \(front.status), \
        full command \(full.status)
        \(difference(front.output, full.output))\(difference(front.errors, full.errors))
        """, sourceLocation: sourceLocation)
    }
  }

  /// The arguments as words of one text, and a recording after them.
  static func compare(
    _ words: String, from recording: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try compare(
      words.split(separator: " ").map(String.init) + ["--from", recording],
      sourceLocation: sourceLocation)
  }

  /// Two outputs that have to be the same.
  static func same(
    _ what: String, _ front: Data, _ full: Data, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    Front.counted.add("compared")
    if front != full {
      Issue.record("\(what) differs\n\(difference(front, full))", sourceLocation: sourceLocation)
    }
  }

  /// Everything that a recording is looked at with.
  static func allWays(_ recording: String) throws {
    for words in [
      "", "list -a -v --format json", "tree", "groups", "groups --format json",
      "check --for bhyve -v", "check --for vfio --format json", "snapshot",
    ] {
      try compare(words, from: recording)
    }
  }

  /// The first lines that differ.
  private static func difference(_ front: Data, _ full: Data) -> String {
    let lines = [front, full].map {
      String(decoding: $0, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    }
    guard lines[0] != lines[1] else { return "" }
    let same = zip(lines[0], lines[1]).prefix { $0 == $1 }.count
    return "line \(same + 1):\n"
      + lines[0].dropFirst(same).prefix(3).map { "< \($0)\n" }.joined()
      + lines[1].dropFirst(same).prefix(3).map { "> \($0)\n" }.joined()
  }
}
