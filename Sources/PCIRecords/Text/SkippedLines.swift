// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// The lines that a reader could not use, said one by one up to a limit.
///
/// A file of garbage must not make a gap for each of its lines.
struct SkippedLines {
  /// How many lines are said one by one.
  private static let limit = 32
  /// How many bytes of a line are shown.
  private static let shown = 60

  private(set) var gaps: [Gap] = []
  private var more = 0
  private var last = 0

  /// Notes that a line was skipped, with its text.
  mutating func note(
    _ number: Int, _ fact: String, _ reason: String, showing cursor: TextCursor? = nil,
    remedy: String? = nil
  ) {
    guard gaps.count < Self.limit else {
      more += 1
      last = number
      return
    }
    var reason = reason
    if let cursor {
      let end = min(cursor.end, cursor.position + Self.shown)
      reason += ": \"" + TextCursor(cursor.bytes, cursor.position..<end).rest + "\""
    }
    gaps.append(Gap(.line(number), fact, reason: reason, remedy: remedy))
  }

  /// All gaps, with one more where lines were skipped beyond the limit.
  var summary: [Gap] {
    guard more > 0 else { return gaps }
    return gaps + [
      Gap(.line(last), "text", reason: "\(more) more lines were skipped, this the last of them")
    ]
  }
}
