// SPDX-License-Identifier: Apache-2.0

/// A subcommand: what it is, the options that it was given, and its work.
///
/// A type that conforms, in a file of its own, and its line in `Subcommand.all`
/// are all there is to a subcommand: parsing, help, man pages, completions and
/// every front follow from it.
protocol SubcommandOptions: Sendable {
  /// What it is.
  static var declaration: SubcommandDeclaration { get }
  /// Its own options, besides those that all subcommands have.
  static var options: [CommandOption<Self>] { get }
  /// Its arguments without a dash, in order.
  static var arguments: [CommandArgument<Self>] { get }

  /// Starts with every option at its default.
  init()
  /// The options that all subcommands have.
  var common: CommonOptions { get set }
  /// Throws where options do not go together.
  func validate() throws(ArgumentError)
  /// What a front has to do.
  func work(on system: PlatformKind) -> Work
}

extension SubcommandOptions {
  static var options: [CommandOption<Self>] { [] }
  static var arguments: [CommandArgument<Self>] { [] }
  func validate() throws(ArgumentError) {}
}
