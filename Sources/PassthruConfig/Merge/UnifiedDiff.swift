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
  /// The most lines that are compared, after what is equal at both ends; more is one change.
  ///
  /// The time grows with the lines and with how many of them differ.
  private static let mostCompared = 20_000

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

  /// The way from the old lines to the new ones along the longest common lines.
  private func steps() -> [Step] {
    // A number for each text, so that the comparison does not read the lines again.
    var numbers: [[UInt8]: Int] = [:]
    func numbered(_ file: FileLines) -> [Int] {
      file.lines.indices.map { index in
        // A last line without its newline is another line.
        let ends = index < file.lines.count - 1 || file.endsWithNewline
        let text = Array(file.lines[index]) + (ends ? [0x0a] : [])
        let number = numbers[text] ?? numbers.count
        numbers[text] = number
        return number
      }
    }
    let before = numbered(old)
    let after = numbered(new)
    var start = 0
    while start < min(before.count, after.count), before[start] == after[start] { start += 1 }
    var tail = 0
    while tail < min(before.count, after.count) - start,
      before[before.count - 1 - tail] == after[after.count - 1 - tail]
    { tail += 1 }
    var isRemoved = [Bool](repeating: false, count: before.count)
    var isAdded = [Bool](repeating: false, count: after.count)
    if before.count + after.count - 2 * (start + tail) <= Self.mostCompared {
      let left = before[start..<(before.count - tail)]
      for change in Array(after[start..<(after.count - tail)]).difference(from: Array(left)) {
        switch change {
        case .remove(let offset, _, _): isRemoved[start + offset] = true
        case .insert(let offset, _, _): isAdded[start + offset] = true
        }
      }
    } else {
      for index in start..<(before.count - tail) { isRemoved[index] = true }
      for index in start..<(after.count - tail) { isAdded[index] = true }
    }
    var steps: [Step] = []
    var (left, right) = (0, 0)
    while left < before.count || right < after.count {
      if left < before.count, isRemoved[left] {
        steps.append(.remove(old: left))
        left += 1
      } else if right < after.count, isAdded[right] {
        steps.append(.add(new: right))
        right += 1
      } else {
        steps.append(.keep(old: left, new: right))
        left += 1
        right += 1
      }
    }
    return steps
  }
}
