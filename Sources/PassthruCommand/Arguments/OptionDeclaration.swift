// SPDX-License-Identifier: Apache-2.0

/// An option as help, man pages and completions show it.
public final class OptionDeclaration: Sendable {
  /// The name with its dashes: `--from`.
  public let name: String
  /// The one-letter name with its dash: `-v`; `nil` for none.
  public let letter: String?
  /// What its value is called: `PATH`; `nil` for an option without a value.
  public let value: String?
  /// What it does, in sentences.
  public let help: String
  /// Whether it may be given several times, each adding to the others.
  public let isRepeating: Bool
  /// Whether help leaves it out.
  public let isHidden: Bool
  /// What its value may be.
  public let completion: Completion

  init(
    _ name: String, letter: String?, value: String?, help: String, isRepeating: Bool = false,
    isHidden: Bool = false, completion: Completion = .nothing
  ) {
    self.name = name
    self.letter = letter
    self.value = value
    self.help = help
    self.isRepeating = isRepeating
    self.isHidden = isHidden
    self.completion = completion
  }

  /// The names and the value, as help shows them: `-o, --output FILE`.
  public var usage: String {
    (letter.map { $0 + ", " } ?? "") + name + (value.map { " " + $0 } ?? "")
  }
}
