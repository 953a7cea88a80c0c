// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIDrivers
internal import PCIHost
internal import PCINames

/// The command on some platform: reads the arguments, gets what the subcommand
/// needs, prints what it says.
public struct Front<System: Platform> {
  let system: System

  /// Runs on a platform.
  public init(_ system: System) { self.system = system }

  /// Runs a command line, without the program's name; the status to exit with.
  public func run(_ arguments: [String]) -> Int32 {
    let result = result(of: arguments)
    system.print(result.output)
    for message in result.messages {
      system.printError(Array((displayText(message) + "\n").utf8))
    }
    return OutputFailure.status(result.status.rawValue)
  }

  private func result(of arguments: [String]) -> CommandResult {
    let parsed: ParsedArguments
    do throws(ArgumentError) {
      parsed = try Subcommand.parse(arguments, terminal: terminal, on: system.kind)
    } catch {
      return error.result
    }
    if let obstacle = parsed.declaration.obstacle(system.kind) {
      return .failure(.usage, "\(parsed.declaration.name) does not work here: \(obstacle)")
    }
    do throws(PlatformError) {
      switch parsed.work {
      case .answer(let answer): return answer()
      case .reading(let request): return try read(request, parsed)
      case .change(let request): return try change(request, arguments)
      case .watch(let limit): return try watch(parsed.common, limit: limit)
      case .bench(let request): return try bench(request, parsed.common)
      }
    } catch {
      if let word = parsed.doubtfulWord, let guess = Subcommand.guess(word) { return guess.result }
      return .failure(.unreadable, error.message)
    }
  }

  /// Colour on a terminal, unless NO_COLOR is set to anything (no-color.org).
  private var terminal: TerminalFacts {
    guard let width = system.terminalWidth else { return TerminalFacts() }
    return TerminalFacts(
      width: width, wantsColor: system.environment("NO_COLOR").map { $0.isEmpty } ?? true)
  }

  /// Reads hosts, files and names, and says what there is to say.
  private func read(
    _ request: ReadingRequest, _ parsed: ParsedArguments
  ) throws(PlatformError) -> CommandResult {
    let common = parsed.common
    var sources = ReadingRequest.Sources()
    for path in request.files {
      sources.files.append(InputFile(path: path, bytes: try system.read(path)))
    }
    for path in request.filesToFind {
      guard let bytes = try? system.read(path) else { continue }
      sources.foundFiles.append(InputFile(path: path, bytes: bytes))
    }
    var request = request
    for place in request.places {
      if request.readsLikeFirst, let first = sources.hosts.first {
        request.configuration = { host in
          let known = AddressIndex(first.functions.filter { $0.configuration != nil })
          return host.functions.indices.filter {
            known.position(of: host.functions[$0].address) != nil
          }
        }
      }
      do throws(PlatformError) {
        sources.hosts.append(try host(at: place, request, wakes: common.wakes))
      } catch {
        if !request.isOptional { throw error }
      }
    }
    sources.names = try names(request.naming, sources.hosts, common.namesFile)
    var result: CommandResult
    do throws(SelectorError) {
      result = try request.answer(sources) { system.rows($0, $1) }
    } catch {
      // A word that names no device may have been meant to name a subcommand.
      if let word = parsed.doubtfulWord, error == .noMatch(word) || error == .malformed(word) {
        return Subcommand.mistyped(word).result
      }
      return .failure(.usage, error.description)
    }
    if !request.isOptional, request.places.count == 1, common.from == nil,
      let offer = offerToRestore
    {
      result.messages.append("passthru: " + offer)
    }
    if let replacement = result.replacement, let old = sources.files.first {
      try system.replace(replacement.path, old.bytes, with: replacement.bytes)
    }
    guard let output = request.output, result.status == .done else { return result }
    try system.write(result.output, to: output)
    result.output = []
    return result
  }

  /// What to say where a change of this machine's drivers was cut off.
  ///
  /// Only root can read the journal, and only root could put it right.
  private var offerToRestore: String? {
    guard let journal = try? system.journal(nil), !journal.records.isEmpty,
      let control = try? system.control(), !journal.isOutdated(on: control.bootIdentifier)
    else { return nil }
    return journal.offer
  }
}
