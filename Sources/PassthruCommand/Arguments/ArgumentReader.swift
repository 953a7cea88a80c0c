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
    switch try fill(&payload) {
    case "--help": return help(Payload.declaration.name, payload.common)
    case "--version":
      return ParsedArguments(
        Help.declaration, payload.common, .answer { CommandResult(Version.text + "\n") })
    default: break
    }
    payload.common.style = terminal.style(payload.common.usesColor)
    return ParsedArguments(Payload.declaration, payload.common, payload.work(on: system))
  }

  /// Reads all of it into a subcommand's options; `--help` or `--version` where one is met.
  @discardableResult
  mutating func fill<Payload: SubcommandOptions>(
    _ payload: inout Payload
  ) throws(ArgumentError) -> String? {
    while let argument = rest.popFirst() {
      if argument == "--" {
        positional.append(contentsOf: rest)
        rest = []
      } else if argument.utf8.starts(with: "--".utf8) {
        if argument == "--help" || argument == "--version" { return argument }
        try readLong(argument, &payload)
      } else if argument.utf8.first == UInt8(ascii: "-"), argument.utf8.count > 1 {
        if argument == "-h" { return "--help" }
        try readShort(argument, &payload)
      } else {
        positional.append(argument)
      }
    }
    try place(&payload)
    try payload.validate()
    if let error = payload.common.unknownFormat(Payload.declaration.name) { throw error }
    return nil
  }

  private func help(_ name: String, _ common: CommonOptions) -> ParsedArguments {
    var help = Help()
    help.common.style = terminal.style(common.usesColor)
    help.topic = name
    return ParsedArguments(Help.declaration, help.common, help.work(on: system))
  }

  // MARK: Options

  private mutating func readLong<Payload: SubcommandOptions>(
    _ argument: String, _ payload: inout Payload
  ) throws(ArgumentError) {
    var name = argument
    var attached: String?
    if let equals = argument.utf8.firstIndex(of: UInt8(ascii: "=")) {
      name = String(argument[..<equals])
      attached = String(argument[argument.utf8.index(after: equals)...])
    }
    if let option = CommonOptions.options.first(where: { $0.declaration.name == name }) {
      return try option.set(&payload.common, try value(of: option.declaration, attached))
    }
    if let option = Payload.options.first(where: { $0.declaration.name == name }) {
      return try option.set(&payload, try value(of: option.declaration, attached))
    }
    throw Self.unknown(name, Payload.self)
  }

  private mutating func readShort<Payload: SubcommandOptions>(
    _ argument: String, _ payload: inout Payload
  ) throws(ArgumentError) {
    var letters = argument.utf8.dropFirst()
    while let letter = letters.popFirst() {
      let name = "-" + String(decoding: [letter], as: UTF8.self)
      // What follows the letter is the value of an option that has one.
      let attached = letters.isEmpty ? nil : String(decoding: letters, as: UTF8.self)
      if let option = CommonOptions.options.first(where: { $0.declaration.letter == name }) {
        let takesValue = option.declaration.value != nil
        let text = try value(of: option.declaration, takesValue ? attached : nil)
        try option.set(&payload.common, text)
        if takesValue { return }
      } else if let option = Payload.options.first(where: { $0.declaration.letter == name }) {
        let takesValue = option.declaration.value != nil
        let text = try value(of: option.declaration, takesValue ? attached : nil)
        try option.set(&payload, text)
        if takesValue { return }
      } else {
        throw Self.unknown(name, Payload.self)
      }
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

  private static func unknown<Payload: SubcommandOptions>(
    _ name: String, _ type: Payload.Type
  ) -> ArgumentError {
    let shown = displayText(name.utf8)
    let subcommand = Payload.declaration.name
    let owners = Subcommand.all.filter { other in
      !other.declaration.isHidden && other.ownOptions().contains { $0.name == name }
    }
    if !owners.isEmpty {
      let names = owners.map { $0.name }.joined(separator: ", ")
      return ArgumentError("\(subcommand) has no option \(shown), which is one of \(names)")
    }
    let known = Subcommand(Payload.self).options.map { $0.name }
    let guess = Spelling.nearest(to: name, among: known).map { ": did you mean \($0)?" } ?? ""
    return ArgumentError("\(subcommand) has no option \(shown)\(guess)", isWhole: !guess.isEmpty)
  }

  // MARK: Arguments

  /// Gives the arguments without a dash their places.
  private func place<Payload: SubcommandOptions>(
    _ payload: inout Payload
  ) throws(ArgumentError) {
    let arguments = Payload.arguments
    var left = positional[...]
    for (index, argument) in arguments.enumerated() {
      // What the arguments after it must have is theirs.
      let kept = arguments[(index + 1)...].reduce(0) { $0 + $1.declaration.count.lowerBound }
      let count = argument.declaration.count
      let given = left.prefix(min(count.upperBound, max(0, left.count - kept)))
      guard given.count >= count.lowerBound else { throw misplaced(Payload.declaration) }
      left = left.dropFirst(given.count)
      if !given.isEmpty { try argument.set(&payload, Array(given)) }
    }
    guard left.isEmpty else { throw misplaced(Payload.declaration) }
  }

  private func misplaced(_ declaration: SubcommandDeclaration) -> ArgumentError {
    guard let takes = declaration.takes else {
      return ArgumentError(
        "\(declaration.name) takes no argument: leave out \(displayText(positional[0].utf8))")
    }
    let example = declaration.examples.first.map { ": passthru \($0.line)" } ?? ""
    return ArgumentError(
      "\(declaration.name) needs \(takes)\(example)", isWhole: !example.isEmpty)
  }
}
