// SPDX-License-Identifier: Apache-2.0

/// A unified diff of two versions of a file.
///
/// POSIX diff(1), "Diff -u or -U Output Format".
public struct UnifiedDiff: Sendable {
  private let old: FileLines
  private let new: FileLines
  private let path: String

  /// How many lines around a change are shown.
  private static let context = 3
  /// The largest table of common lines, in entries; beyond, all is one change.
  private static let largestTable = 4_000_000

  /// Compares two versions of the file at a path.
  public init(path: String, old: [UInt8], new: [UInt8]) {
    self.path = path
    self.old = FileLines(old)
    self.new = FileLines(new)
  }

  private enum Step {
    case keep(old: Int, new: Int)
    case remove(old: Int)
    case add(new: Int)
  }

  /// The diff; empty where nothing differs.
  public var bytes: [UInt8] {
    let steps = self.steps()
    let changes = steps.indices.filter { if case .keep = steps[$0] { false } else { true } }
    guard let first = changes.first else { return [] }
    var output = Array("--- \(path)\n+++ \(path)\n".utf8)
    var start = first
    var last = first
    for change in changes.dropFirst() {
      if change - last > 2 * Self.context {
        output += hunk(steps, from: start, to: last)
        start = change
      }
      last = change
    }
    return output + hunk(steps, from: start, to: last)
  }

  private func hunk(_ steps: [Step], from first: Int, to last: Int) -> [UInt8] {
    let range = max(0, first - Self.context)...min(steps.count - 1, last + Self.context)
    var body: [UInt8] = []
    var oldStart: Int?
    var newStart: Int?
    var oldCount = 0
    var newCount = 0
    // Where a side has no line in the hunk its number is that of the line before.
    var oldBefore = 0
    var newBefore = 0
    for step in steps[..<range.lowerBound] {
      switch step {
      case .keep:
        oldBefore += 1
        newBefore += 1
      case .remove: oldBefore += 1
      case .add: newBefore += 1
      }
    }
    for step in steps[range] {
      switch step {
      case .keep(let left, let right):
        body += line(" ", old, left)
        oldStart = oldStart ?? left
        newStart = newStart ?? right
        oldCount += 1
        newCount += 1
      case .remove(let left):
        body += line("-", old, left)
        oldStart = oldStart ?? left
        oldCount += 1
      case .add(let right):
        body += line("+", new, right)
        newStart = newStart ?? right
        newCount += 1
      }
    }
    func spelled(_ start: Int?, _ before: Int, _ count: Int) -> String {
      let number = start.map { $0 + 1 } ?? before
      return count == 1 ? "\(number)" : "\(number),\(count)"
    }
    let head =
      "@@ -\(spelled(oldStart, oldBefore, oldCount)) +\(spelled(newStart, newBefore, newCount)) @@\n"
    return Array(head.utf8) + body
  }

  private func line(_ mark: String, _ file: FileLines, _ index: Int) -> [UInt8] {
    var bytes = Array(mark.utf8) + file.lines[index] + [0x0a]
    if index == file.lines.count - 1, !file.endsWithNewline {
      bytes += Array("\\ No newline at end of file\n".utf8)
    }
    return bytes
  }

  /// Whether two lines are the same, their newline included.
  private func isSame(_ left: Int, _ right: Int) -> Bool {
    let leftEnds = left < old.lines.count - 1 || old.endsWithNewline
    let rightEnds = right < new.lines.count - 1 || new.endsWithNewline
    return leftEnds == rightEnds && old.lines[left] == new.lines[right]
  }

  /// The way from the old lines to the new ones along the longest common lines.
  private func steps() -> [Step] {
    let oldCount = old.lines.count
    let newCount = new.lines.count
    var prefix = 0
    while prefix < oldCount, prefix < newCount, isSame(prefix, prefix) { prefix += 1 }
    var suffix = 0
    while suffix < oldCount - prefix, suffix < newCount - prefix,
      isSame(oldCount - 1 - suffix, newCount - 1 - suffix)
    {
      suffix += 1
    }
    var steps: [Step] = (0..<prefix).map { .keep(old: $0, new: $0) }
    let height = oldCount - prefix - suffix
    let width = newCount - prefix - suffix
    if height > 0, width > 0, height * width <= Self.largestTable {
      // lengths[i][j]: the common lines of what is left from i and j on.
      var lengths = [Int32](repeating: 0, count: (height + 1) * (width + 1))
      func at(_ row: Int, _ column: Int) -> Int { row * (width + 1) + column }
      for row in stride(from: height - 1, through: 0, by: -1) {
        for column in stride(from: width - 1, through: 0, by: -1) {
          lengths[at(row, column)] =
            isSame(prefix + row, prefix + column)
            ? lengths[at(row + 1, column + 1)] + 1
            : max(lengths[at(row + 1, column)], lengths[at(row, column + 1)])
        }
      }
      var row = 0
      var column = 0
      while row < height || column < width {
        if row < height, column < width, isSame(prefix + row, prefix + column) {
          steps.append(.keep(old: prefix + row, new: prefix + column))
          row += 1
          column += 1
        } else if row < height,
          column == width || lengths[at(row + 1, column)] >= lengths[at(row, column + 1)]
        {
          steps.append(.remove(old: prefix + row))
          row += 1
        } else {
          steps.append(.add(new: prefix + column))
          column += 1
        }
      }
    } else {
      for row in 0..<height { steps.append(.remove(old: prefix + row)) }
      for column in 0..<width { steps.append(.add(new: prefix + column)) }
    }
    for index in 0..<suffix {
      steps.append(.keep(old: oldCount - suffix + index, new: newCount - suffix + index))
    }
    return steps
  }
}
