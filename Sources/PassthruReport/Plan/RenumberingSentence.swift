// SPDX-License-Identifier: Apache-2.0

internal import PassthruAnalysis

/// Which units move at the next boot, in a sentence.
struct RenumberingSentence {
  let text: String

  init(_ moves: [Renumbering], hasHints: Bool) {
    var parts: [String] = []
    var names: [String] = []
    for move in moves {
      parts.append("\(move.driver)\(move.from) becomes \(move.driver)\(move.to)")
      for name in move.names where !names.contains(name) { names.append(name) }
    }
    let last = parts.popLast() ?? ""
    let all = parts.isEmpty ? last : parts.joined(separator: ", ") + " and " + last
    text =
      all + " at the next boot, because FreeBSD counts units anew. These names appear in "
      + "rc.conf, pf.conf and elsewhere: edit them ("
      + names.joined(separator: ", ") + ")"
      + (hasHints ? ", or keep them with the hints below." : ".")
  }
}
