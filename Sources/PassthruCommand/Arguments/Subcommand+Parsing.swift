// SPDX-License-Identifier: Apache-2.0

internal import PCI

extension Subcommand {
  /// Reads a command line, without the program's name.
  ///
  /// The first word that is neither an option nor an option's value names the
  /// subcommand. One that names none is a selector of the list.
  public static func parse(
    _ arguments: [String], terminal: TerminalFacts = TerminalFacts(),
    on system: PlatformKind = .linux
  ) throws(ArgumentError) -> ParsedArguments {
    let place = placeOfFirstWord(arguments)
    if let place, let subcommand = named(arguments[place]) {
      var rest = arguments
      rest.remove(at: place)
      return try subcommand.read(ArgumentReader(rest, terminal, system))
    }
    let doubtful = place.map { arguments[$0] }.flatMap { isPlain($0) ? $0 : nil }
    if place == nil, arguments.contains("--help") || arguments.contains("-h") {
      return try Subcommand(Help.self).read(ArgumentReader([], terminal, system))
    }
    do throws(ArgumentError) {
      var parsed = try standard.read(ArgumentReader(arguments, terminal, system))
      parsed.doubtfulWord = doubtful
      return parsed
    } catch {
      if let doubtful { throw mistyped(doubtful) }
      throw error
    }
  }

  /// Says that a word names no subcommand, and which it may have meant.
  static func mistyped(_ word: String) -> ArgumentError {
    guess(word)
      ?? ArgumentError(
        "\(displayText(word.utf8)) is neither a subcommand nor the name of a device: "
          + "passthru help lists the subcommands, passthru list -a the devices", isWhole: true)
  }

  /// Names the subcommand that a word may have meant; `nil` where none is near.
  static func guess(_ word: String) -> ArgumentError? {
    Spelling.nearest(to: word, among: shown.map { $0.name }).map { guess in
      ArgumentError(
        "\(displayText(word.utf8)) is neither a subcommand nor the name of a device: "
          + "did you mean \(guess)?", isWhole: true)
    }
  }

  /// Where the first word is that is no option and no option's value.
  private static func placeOfFirstWord(_ arguments: [String]) -> Int? {
    var place = 0
    while place < arguments.count {
      let argument = arguments[place]
      if argument == "--" { return nil }
      guard argument.utf8.first == UInt8(ascii: "-"), argument.utf8.count > 1 else {
        return place
      }
      place += takesNext(argument) ? 2 : 1
    }
    return nil
  }

  /// Whether the argument after this option is its value, for the subcommands that have it.
  private static func takesNext(_ argument: String) -> Bool {
    let isLong = argument.utf8.starts(with: "--".utf8)
    // Of letters, the last one may have its value in the next argument.
    let letter = "-" + String(decoding: argument.utf8.suffix(1), as: UTF8.self)
    func isIt(_ option: OptionDeclaration) -> Bool {
      option.value != nil && (isLong ? option.name == argument : option.letter == letter)
    }
    return CommonOptions.options.contains { isIt($0.declaration) }
      || all.contains { $0.ownOptions().contains(where: isIt) }
  }

  /// Whether a word has the look of a subcommand: no address, no ids, no unit's number.
  private static func isPlain(_ word: String) -> Bool {
    word.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "-"), UInt8(ascii: "_"):
        true
      default: false
      }
    }
  }
}
