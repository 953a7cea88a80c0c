// SPDX-License-Identifier: Apache-2.0

/// An argument without a dash, as help, man pages and completions show it.
public final class ArgumentDeclaration: Sendable {
  /// What it is called: `SELECTOR`.
  public let name: String
  /// How many of it there may be.
  public let count: ClosedRange<Int>
  /// What it is, in sentences.
  public let help: String
  /// What it may be.
  public let completion: Completion

  init(_ name: String, count: ClosedRange<Int>, help: String, completion: Completion) {
    self.name = name
    self.count = count
    self.help = help
    self.completion = completion
  }

  /// As a usage line shows it: `SELECTOR`, `[SELECTOR...]`.
  public var usage: String {
    let repeated = name + (count.upperBound > 1 ? "..." : "")
    return count.lowerBound == 0 ? "[" + repeated + "]" : repeated
  }
}
