// SPDX-License-Identifier: Apache-2.0

/// What the arguments of a command line ask for.
public struct ParsedArguments: Sendable {
  /// What the subcommand is.
  public var declaration: SubcommandDeclaration
  /// The options that all subcommands have.
  public var common: CommonOptions
  /// What a front has to do.
  public var work: Work
  /// A first word that may be a mistyped subcommand, and not a selector.
  public var doubtfulWord: String?

  init(_ declaration: SubcommandDeclaration, _ common: CommonOptions, _ work: Work) {
    self.declaration = declaration
    self.common = common
    self.work = work
  }
}
