// SPDX-License-Identifier: Apache-2.0

internal import PCIBus
internal import PCIHost
internal import PCINames
internal import PassthruCommand
internal import PassthruReport

/// The front of the executable for FreeBSD hosts: gets the host, asks the
/// command, prints what it says.
enum Front {
  /// The version, the same as the other front's.
  private static let version = "0.1.0"

  /// Runs a command line; the status to exit with.
  static func run(_ arguments: [String]) -> Int32 {
    let result: CommandResult
    do throws(ArgumentError) {
      result = self.result(of: try ArgumentReader.read(arguments))
    } catch {
      result = error.result
    }
    Process.write(result.output, to: 1)
    for message in result.messages { Process.write(Array((message + "\n").utf8), to: 2) }
    return OutputFailure.status(result.status.rawValue)
  }

  private static func result(of parsed: ParsedArguments) -> CommandResult {
    switch parsed.request {
    case .help: return CommandResult(output: Array(HelpText.text.utf8))
    case .version: return CommandResult(output: Array((version + "\n").utf8))
    case .run: break
    }
    var invocation = parsed.invocation
    invocation.style = TextStyle(
      width: Process.terminalWidth, usesColor: parsed.usesColor ?? Process.wantsColor)
    if invocation.subcommand.needsNoHost || invocation.explainedRule != nil {
      return invocation.runWithoutHost()
    }
    do throws(SourceFailure) {
      if invocation.subcommand == .lint { return try lint(invocation, parsed) }
      if invocation.subcommand == .watch {
        return .failure(
          .usage, "watch is Linux's: FreeBSD tells of its devices through devd(8)")
      }
      if invocation.subcommand.changesHost {
        return try ChangeFront(invocation, parsed).result()
      }
      if let into = parsed.into {
        invocation.existingFile = InputFile(path: into, bytes: try Process.readFile(into))
      }
      let places =
        parsed.etc.isEmpty && parsed.from == nil && invocation.subcommand == .plan
        ? ["/etc", "/boot"] : parsed.etc
      for place in places {
        for name in InputFile.namesThatHoldUnits {
          let path = place + "/" + name
          guard let bytes = try? Process.readFile(path) else { continue }
          invocation.hostFiles.append(InputFile(path: path, bytes: bytes))
        }
      }
      let names = try NameSource.database(parsed.namesFile)
      if invocation.subcommand == .rom, let path = parsed.files.first {
        let file = InputFile(path: path, bytes: try Process.readFile(path))
        return invocation.rom(file, names: names)
      }
      if invocation.subcommand == .diff {
        return try compare(invocation, parsed, names)
      }
      let source = HostSource(path: parsed.from, kind: parsed.kind)
      let host = try source.host(for: invocation)
      var result = invocation.run(on: host, names: names)
      if parsed.from == nil, let offer = ChangeFront.offerToRestore {
        result.messages.append("passthru: " + offer)
      }
      if let replacement = result.replacement, let old = invocation.existingFile {
        try Process.replaceFile(replacement.path, old.bytes, with: replacement.bytes)
      }
      guard let output = parsed.output, result.status == .done else { return result }
      try Process.writeFile(result.output, to: output)
      return CommandResult(output: [], messages: result.messages, status: result.status)
    } catch {
      return .failure(.unreadable, error.message)
    }
  }

  /// Judges files; with the host they are for, where one can be read.
  private static func lint(
    _ invocation: Invocation, _ parsed: ParsedArguments
  ) throws(SourceFailure) -> CommandResult {
    var files: [InputFile] = []
    for path in parsed.files {
      files.append(InputFile(path: path, bytes: try Process.readFile(path)))
    }
    let source = HostSource(path: parsed.from, kind: parsed.kind)
    // Without a recording the live host helps where it can be read.
    let host =
      parsed.from == nil ? try? source.host(for: invocation) : try source.host(for: invocation)
    return invocation.lint(files, host: host)
  }

  private static func compare(
    _ invocation: Invocation, _ parsed: ParsedArguments, _ names: NameDatabase?
  ) throws(SourceFailure) -> CommandResult {
    let before = HostSource(path: parsed.compared.first, kind: parsed.kind)
    let second = parsed.compared.count > 1 ? parsed.compared[1] : nil
    let after = HostSource(path: second, kind: second == nil ? nil : parsed.kind)
    let first = try before.host(for: invocation)
    let last = try after.host(for: invocation)
    return invocation.run(on: first, comparedWith: last, names: names)
  }
}
