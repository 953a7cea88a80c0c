// SPDX-License-Identifier: Apache-2.0

/// A subcommand of any type, as the table holds it.
public struct Subcommand: Sendable {
  /// What it is.
  public let declaration: SubcommandDeclaration
  /// Its own options.
  let ownOptions: @Sendable () -> [OptionDeclaration]
  /// Its arguments without a dash.
  let arguments: @Sendable () -> [ArgumentDeclaration]
  /// Reads the arguments that follow its name.
  let read: @Sendable (ArgumentReader) throws(ArgumentError) -> ParsedArguments

  init<Payload: SubcommandOptions>(_ type: Payload.Type) {
    declaration = Payload.declaration
    ownOptions = { Payload.options.map { $0.declaration } }
    arguments = { Payload.arguments.map { $0.declaration } }
    read = { (reader: ArgumentReader) throws(ArgumentError) -> ParsedArguments in
      var reader = reader
      return try reader.read(Payload.self)
    }
  }

  /// The word that names it.
  public var name: String { declaration.name }

  /// The options that help shows: its own, and those of all that mean something to it.
  public var options: [OptionDeclaration] {
    let shared = CommonOptions.options.map { $0.declaration }.filter { option in
      declaration.need != .nothing || CommonOptions.namesWithoutHost.contains(option.name)
    }
    return ownOptions().filter { !$0.isHidden } + shared
  }

  /// How it is written: `show SELECTOR...`.
  public var usage: String {
    var text = name
    for argument in arguments() { text += " " + argument.usage }
    return text
  }

  /// The subcommand of a name.
  public static func named(_ name: String) -> Subcommand? {
    // The most frequent one needs no table.
    if name == ListFunctions.declaration.name { return standard }
    return all.first { $0.name == name }
  }

  /// The subcommands that help shows.
  static var shown: [Subcommand] { all.filter { !$0.declaration.isHidden } }

  /// What runs where no subcommand is named.
  static let standard = Subcommand(ListFunctions.self)
}
