// SPDX-License-Identifier: Apache-2.0

/// Where in a command line somebody is typing.
struct CompletionContext {
  /// The word that is being typed.
  struct Typed: Sendable {
    /// What stands before it in the same argument: `--from=`.
    var lead = ""
    /// What there is of it.
    var word: String
  }

  /// What is being typed.
  private(set) var typed: Typed
  /// What it may be.
  private(set) var completion = Completion.nothing
  /// The recording that the line names, if any.
  private(set) var recording: String?

  /// Looks at the words before the cursor; the last one is being typed.
  init(_ words: [String]) {
    typed = Typed(word: words.last ?? "")
    var subcommand: Subcommand?
    var positional = 0
    var pending: OptionDeclaration?
    var isAfterDashes = false
    for word in words.dropLast() {
      if let option = pending {
        if option.name == "--from" { recording = word }
        pending = nil
      } else if isAfterDashes || word.utf8.first != UInt8(ascii: "-") {
        // The first word is a subcommand, or the list's first selector.
        if subcommand == nil {
          subcommand = Subcommand.named(word)
          positional = subcommand == nil ? 1 : 0
          subcommand = subcommand ?? .standard
        } else {
          positional += 1
        }
      } else if word == "--" {
        isAfterDashes = true
      } else {
        pending = Self.options(of: subcommand).first { option in
          option.value != nil && (option.name == word || option.letter == word)
        }
        if word.utf8.starts(with: "--from=".utf8) { recording = String(word.dropFirst(7)) }
      }
    }
    if let pending {
      completion = pending.completion
    } else if !isAfterDashes, typed.word.utf8.first == UInt8(ascii: "-") {
      completeOption(of: subcommand)
    } else {
      completion = Self.argument(positional, of: subcommand)
    }
  }

  /// An option's name, or the value after its equals sign.
  private mutating func completeOption(of subcommand: Subcommand?) {
    let options = Self.options(of: subcommand)
    guard let equals = typed.word.utf8.firstIndex(of: UInt8(ascii: "=")) else {
      completion = .words { options.map { $0.name } + ["--help"] }
      return
    }
    let name = String(typed.word[..<equals])
    let start = typed.word.utf8.index(after: equals)
    typed = Typed(lead: name + "=", word: String(typed.word[start...]))
    completion = options.first { $0.name == name && $0.value != nil }?.completion ?? .nothing
  }

  private static func options(of subcommand: Subcommand?) -> [OptionDeclaration] {
    subcommand?.options ?? Subcommand.standard.options
  }

  /// What an argument without a dash may be.
  private static func argument(_ position: Int, of subcommand: Subcommand?) -> Completion {
    guard let subcommand else {
      return .words { Subcommand.shown.map { $0.name } }
    }
    var left = position
    for argument in subcommand.arguments() {
      if left < argument.count.upperBound { return argument.completion }
      left -= argument.count.upperBound
    }
    return .nothing
  }
}
