// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// Reads the arguments of one subcommand.
///
/// Options stand anywhere: `--name value`, `--name=value`, `-o value`, `-ovalue`,
/// `-va`; after `--` nothing is an option. A value that starts with a dash needs
/// the equals sign, so that a forgotten value is seen.
struct ArgumentReader {
  private var rest: ArraySlice<String>
  private let terminal: TerminalFacts
  private let system: PlatformKind
  private var common = CommonOptions()
  /// The subcommand's own options that were met, by position, with their values.
  private var met: [(option: Int, value: String)] = []
  private var positional: [String] = []

  /// Takes what is left of a command line without its subcommand.
  init(_ arguments: [String], _ terminal: TerminalFacts, _ system: PlatformKind) {
    rest = arguments[...]
    self.terminal = terminal
    self.system = system
  }

  /// Reads all of it: what the subcommand has to do, or the help or version asked for.
  mutating func read<Payload: SubcommandOptions>(
    _ type: Payload.Type
  ) throws(ArgumentError) -> ParsedArguments {
    var payload = Payload()
    if let asked = try fill(&payload) { return asked }
    payload.common.style = terminal.style(payload.common.usesColor)
    return ParsedArguments(Payload.declaration, payload.common, payload.work(on: system))
  }

  /// Reads all of it into a subcommand's options; the help or the version where it is asked for.
  ///
  /// Little of it depends on the subcommand's type, since each has a copy of that.
  @discardableResult
  mutating func fill<Payload: SubcommandOptions>(
    _ payload: inout Payload
  ) throws(ArgumentError) -> ParsedArguments? {
    let options = Payload.options
    if let asked = try readAll(Payload.declaration, options.map { $0.declaration }) {
      return asked
    }
    payload.common = common
    for (option, value) in met { try options[option].set(&payload, value) }
    let arguments = Payload.arguments
    let places = try places(Payload.declaration, arguments.map { $0.declaration })
    for (index, words) in places.enumerated() where !words.isEmpty {
      try arguments[index].set(&payload, words)
    }
    try payload.validate()
    return nil
  }

  // MARK: Options

  private mutating func readAll(
    _ declaration: SubcommandDeclaration, _ own: [OptionDeclaration]
  ) throws(ArgumentError) -> ParsedArguments? {
    while let argument = rest.popFirst() {
      if argument == "--" {
        positional.append(contentsOf: rest)
        rest = []
      } else if argument.utf8.starts(with: "--".utf8) {
        if argument == "--help" { return help(declaration) }
        if argument == "--version" {
          return ParsedArguments(
            Help.declaration, common, .answer { CommandResult(Version.text + "\n") })
        }
        try readLong(argument, declaration, own)
      } else if argument.utf8.first == UInt8(ascii: "-"), argument.utf8.count > 1 {
        if argument == "-h" { return help(declaration) }
        try readShort(argument, declaration, own)
      } else {
        positional.append(argument)
      }
    }
    if let error = common.unknownFormat(declaration.name) { throw error }
    return nil
  }

  private func help(_ declaration: SubcommandDeclaration) -> ParsedArguments {
    var help = Help()
    help.common.style = terminal.style(common.usesColor)
    help.topic = declaration.name
    return ParsedArguments(Help.declaration, help.common, help.work(on: system))
  }

  private mutating func readLong(
    _ argument: String, _ declaration: SubcommandDeclaration, _ own: [OptionDeclaration]
  ) throws(ArgumentError) {
    var name = argument
    var attached: String?
    if let equals = argument.utf8.firstIndex(of: UInt8(ascii: "=")) {
      name = String(argument[..<equals])
      attached = String(argument[argument.utf8.index(after: equals)...])
    }
    if let option = CommonOptions.options.first(where: { $0.declaration.name == name }) {
      try option.set(&common, try value(of: option.declaration, attached))
    } else if let option = own.firstIndex(where: { $0.name == name }) {
      met.append((option, try value(of: own[option], attached)))
    } else {
      throw Self.unknown(name, declaration, own)
    }
  }

  private mutating func readShort(
    _ argument: String, _ declaration: SubcommandDeclaration, _ own: [OptionDeclaration]
  ) throws(ArgumentError) {
    var letters = Array(argument.utf8.dropFirst())[...]
    while let letter = letters.popFirst() {
      let name = "-" + String(decoding: [letter], as: UTF8.self)
      let mine = own.firstIndex { $0.letter == name }
      let shared = CommonOptions.options.first { $0.declaration.letter == name }
      guard let option = shared?.declaration ?? mine.map({ own[$0] }) else {
        throw Self.unknown(name, declaration, own)
      }
      // What follows the letter is the value of an option that has one.
      var attached: String?
      if option.value != nil, !letters.isEmpty {
        attached = String(decoding: letters, as: UTF8.self)
        letters = []
      }
      let text = try value(of: option, attached)
      if let shared { try shared.set(&common, text) } else if let mine { met.append((mine, text)) }
    }
  }

  /// The value of an option: after its `=`, or the next argument; empty for one without.
  private mutating func value(
    of option: OptionDeclaration, _ attached: String?
  ) throws(ArgumentError) -> String {
    guard option.value != nil else {
      guard attached == nil else { throw ArgumentError("\(option.name) takes no value") }
      return ""
    }
    if let attached {
      guard !attached.isEmpty else { throw ArgumentError("\(option.name) needs a value") }
      return attached
    }
    guard let value = rest.popFirst() else { throw ArgumentError("\(option.name) needs a value") }
    guard value.utf8.first != UInt8(ascii: "-") || value == "-" else {
      throw ArgumentError(
        "\(option.name) needs a value, and one that starts with a dash is written "
          + "\(option.name)=\(displayText(value.utf8))")
    }
    return value
  }

  private static func unknown(
    _ name: String, _ declaration: SubcommandDeclaration, _ own: [OptionDeclaration]
  ) -> ArgumentError {
    let reason = "\(declaration.name) has no option \(displayText(name.utf8))"
    let owners = Subcommand.shown.filter { $0.ownOptions().contains { $0.name == name } }
    if !owners.isEmpty {
      let names = owners.map { $0.name }.joined(separator: ", ")
      return ArgumentError("\(reason), which is one of \(names)")
    }
    let known = own.map { $0.name } + CommonOptions.options.map { $0.declaration.name }
    guard let guess = Spelling.nearest(to: name, among: known) else {
      return ArgumentError(reason)
    }
    return ArgumentError("\(reason): did you mean \(guess)?", isWhole: true)
  }

  // MARK: Arguments

  /// The arguments without a dash, by the places that they have.
  private func places(
    _ declaration: SubcommandDeclaration, _ arguments: [ArgumentDeclaration]
  ) throws(ArgumentError) -> [[String]] {
    var left = positional[...]
    var places: [[String]] = []
    for (index, argument) in arguments.enumerated() {
      // What the arguments after it must have is theirs.
      let kept = arguments[(index + 1)...].reduce(0) { $0 + $1.count.lowerBound }
      let given = left.prefix(min(argument.count.upperBound, max(0, left.count - kept)))
      guard given.count >= argument.count.lowerBound else { throw misplaced(declaration) }
      left = left.dropFirst(given.count)
      places.append(Array(given))
    }
    guard left.isEmpty else { throw misplaced(declaration) }
    return places
  }

  private func misplaced(_ declaration: SubcommandDeclaration) -> ArgumentError {
    guard let takes = declaration.takes else {
      return ArgumentError(
        "\(declaration.name) takes no argument: leave out \(displayText(positional[0].utf8))")
    }
    guard let example = declaration.examples.first else {
      return ArgumentError("\(declaration.name) needs \(takes)")
    }
    return ArgumentError(
      "\(declaration.name) needs \(takes): passthru \(example.line)", isWhole: true)
  }
}
