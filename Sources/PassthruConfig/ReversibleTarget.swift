// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// A target whose way back is written as lines, each a command or a comment.
protocol ReversibleTarget: ConfigurationTarget {
  /// The lines of the way back for the functions that were asked for, which were checked.
  static func undo(
    _ request: ConfigurationRequest, _ functions: [Function]
  ) throws(ConfigurationError) -> [String]
  /// What a person should know of the way back besides.
  static var undoWarnings: [String] { get }
}

extension ReversibleTarget {
  static var undoWarnings: [String] { [] }

  static func undo(
    _ request: ConfigurationRequest
  ) throws(ConfigurationError) -> ConfigurationDocument? {
    let functions =
      try platform == .freebsd ? request.freeBSDFunctions() : request.checkedFunctions()
    return ConfigurationDocument(
      text: text(try undo(request, functions)), warnings: undoWarnings)
  }
}
