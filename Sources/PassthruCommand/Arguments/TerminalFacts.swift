// SPDX-License-Identifier: Apache-2.0

internal import PassthruReport

/// What standard output is, as far as a text's form depends on it.
public struct TerminalFacts: Hashable, Sendable {
  /// The columns; 100 where it is no terminal.
  public var width: Int
  /// Whether colour is used where no option says otherwise.
  public var wantsColor: Bool

  /// Whether it is a terminal, whose lines end at its width.
  public var isTerminal: Bool

  /// Describes a pipe, or a terminal with a number of columns.
  public init(width: Int? = nil, wantsColor: Bool = false) {
    self.width = width ?? 100
    self.wantsColor = wantsColor
    isTerminal = width != nil
  }

  func style(_ usesColor: Bool?) -> TextStyle {
    TextStyle(width: width, cutsTables: isTerminal, usesColor: usesColor ?? wantsColor)
  }
}
