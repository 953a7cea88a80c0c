// SPDX-License-Identifier: Apache-2.0

internal import PassthruReport

/// What standard output is, as far as a text's form depends on it.
public struct TerminalFacts: Hashable, Sendable {
  /// The columns; 100 where it is no terminal.
  public var width: Int
  /// Whether colour is used where no option says otherwise.
  public var wantsColor: Bool

  /// Describes a pipe, or a terminal.
  public init(width: Int = 100, wantsColor: Bool = false) {
    self.width = width
    self.wantsColor = wantsColor
  }

  func style(_ usesColor: Bool?) -> TextStyle {
    TextStyle(width: width, usesColor: usesColor ?? wantsColor)
  }
}
