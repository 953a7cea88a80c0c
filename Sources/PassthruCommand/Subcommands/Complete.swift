// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

/// The subcommand `complete`: what can stand where somebody is typing; the scripts of
/// `completions` ask it.
struct Complete: SubcommandOptions {
  static let declaration = SubcommandDeclaration(
    "complete", "The words that can stand where somebody is typing.",
    takes: "the words before the cursor, after --", need: .host, isHidden: true)
  static let arguments: [CommandArgument<Self>] = [
    .init("WORD", count: 0...Int.max, "The words before the cursor; the last is being typed.") {
      $0.words = $1
    }
  ]

  var common = CommonOptions()
  /// The words before the cursor, without the program's name.
  var words: [String] = []

  func work(on system: PlatformKind) -> Work {
    let context = CompletionContext(words)
    let typed = context.typed
    switch context.completion {
    case .nothing: return .answer { CommandResult("") }
    case .files: return .answer { CommandResult(":files\n") }
    case .directories: return .answer { CommandResult(":directories\n") }
    case .words(let candidates):
      return .answer { Self.fitting(candidates(), typed) }
    case .live(let candidates):
      var from = CommonOptions()
      from.from = context.recording
      var reading = ReadingRequest(from) { sources, _ in
        Self.fitting(sources.hosts.first.map(candidates) ?? [], typed)
      }
      reading.isOptional = true
      // The names of interfaces and disks are facts of the host.
      reading.depth = .verdicts
      reading.naming = .nothing
      return .reading(reading)
    }
  }

  /// The candidates that begin as what was typed, one a line.
  private static func fitting(_ candidates: [String], _ typed: CompletionContext.Typed)
    -> CommandResult
  {
    var text = ""
    for candidate in candidates where candidate.utf8.starts(with: typed.word.utf8) {
      text += typed.lead + candidate + "\n"
    }
    return CommandResult(text)
  }
}
