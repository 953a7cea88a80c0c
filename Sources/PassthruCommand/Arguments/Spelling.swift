// SPDX-License-Identifier: Apache-2.0

/// What somebody who mistyped a word may have meant.
enum Spelling {
  /// The nearest of the words; `nil` where none is near.
  ///
  /// Near is at most one change in three letters, two in all: a letter too many,
  /// too few, wrong, or two in the wrong order; or a word cut short.
  static func nearest(to word: String, among words: [String]) -> String? {
    let typed = Array(word.utf8)
    // No word of ours is so long, and the work grows with the square.
    guard typed.count <= 40 else { return nil }
    var best: (word: String, distance: Int)?
    for candidate in words {
      let known = Array(candidate.utf8)
      let isCut = typed.count > 2 && known.starts(with: typed)
      let distance = isCut ? 1 : distance(typed, known)
      guard distance <= min(2, max(1, known.count / 3)), distance < best?.distance ?? 3 else {
        continue
      }
      best = (candidate, distance)
    }
    return best?.word
  }

  /// How many changes lead from one to the other (Damerau and Levenshtein, restricted).
  private static func distance(_ first: [UInt8], _ second: [UInt8]) -> Int {
    var older = [Int](repeating: 0, count: second.count + 1)
    var old = Array(0...second.count)
    for row in first.indices {
      var new = [row + 1]
      for column in second.indices {
        let isSame = first[row] == second[column]
        var least = min(old[column] + (isSame ? 0 : 1), old[column + 1] + 1, new[column] + 1)
        if row > 0, column > 0, first[row] == second[column - 1],
          first[row - 1] == second[column]
        {
          least = min(least, older[column - 1] + 1)
        }
        new.append(least)
      }
      older = old
      old = new
    }
    return old[second.count]
  }
}
