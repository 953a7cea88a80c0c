// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import PCI
internal import PCIBus
internal import PCIHost
internal import PassthruCommand
internal import SystemPackage

/// Runs an invocation: gets the host, asks the command, prints what it says.
struct Execution {
  private let invocation: Invocation
  private let common: SourceOptions
  private let output: String?
  private let first: String?
  private let second: String??
  private let into: String?
  private let files: [String]
  private let etc: [String]

  /// `second` is outer `nil` but for `diff`, where inner `nil` is this machine.
  init(
    _ invocation: Invocation, _ common: SourceOptions, output: String? = nil,
    first: String? = nil, second: String?? = .none, into: String? = nil, files: [String] = [],
    etc: [String] = []
  ) {
    self.invocation = invocation
    self.common = common
    self.output = output
    self.first = first
    self.second = second
    self.into = into
    self.files = files
    self.etc = etc
  }

  /// Prints the result and ends the process with its status where that is not 0.
  func run() throws {
    let result: CommandResult
    do throws(SourceError) {
      result = try self.result()
    } catch {
      Self.finish(.failure(.unreadable, error.message))
      throw ExitCode(ExitStatus.unreadable.rawValue)
    }
    Self.finish(result)
    if result.status != .done { throw ExitCode(result.status.rawValue) }
  }

  private func result() throws(SourceError) -> CommandResult {
    if invocation.subcommand.needsNoHost || invocation.explainedRule != nil {
      return invocation.runWithoutHost()
    }
    if invocation.subcommand == .lint { return try lint() }
    if invocation.subcommand == .rom, let path = files.first {
      let file = InputFile(path: path, bytes: try FileContents.read(path))
      return invocation.rom(file, names: try NameSource.database(common.pciIDs))
    }
    if let first, let second {
      let before = try HostSource(path: first, kind: common.kind).host()
      let after = try HostSource(path: second, kind: second == nil ? nil : common.kind).host()
      let names = try NameSource.database(
        common.pciIDs, for: (before, Array(before.functions.indices)),
        (after, Array(after.functions.indices)))
      return invocation.run(on: before, comparedWith: after, names: names)
    }
    let source = HostSource(path: common.from, kind: common.kind, via: common.via)
    var host = try source.host(options)
    readConfiguration(of: invocation.functionsToRead(in: host), into: &host)
    var invocation = self.invocation
    invocation.hostFiles = hostFiles()
    if let into {
      invocation.existingFile = InputFile(path: into, bytes: try FileContents.read(into))
    }
    let named = invocation.functionsToName(in: host)
    let names = try NameSource.database(common.pciIDs, for: (host, named))
    var result = invocation.run(on: host, names: names) { inParts(of: $0, $1) }
    if let offer = offerToRestore { result.messages.append("passthru: " + offer) }
    if let replacement = result.replacement, let old = invocation.existingFile {
      try FileContents.replace(replacement.path, old.bytes, with: replacement.bytes)
    }
    guard let output, result.status == .done else { return result }
    try FileContents.write(result.output, to: output)
    return CommandResult(output: [], messages: result.messages, status: result.status)
  }

  /// What to say where a change of this machine's drivers was cut off.
  ///
  /// Only root can read the journal, and only root could put it right.
  private var offerToRestore: String? {
    guard common.from == nil, let journal = try? JournalFile.look(), !journal.records.isEmpty,
      !journal.isOutdated(on: SysfsControl().bootIdentifier)
    else { return nil }
    return Invocation.offer(of: journal)
  }

  /// What to read of the host: a list for a person shows the least.
  private var options: ScanOptions {
    invocation.subcommand == .list && invocation.format == .text ? .verdicts : .full
  }

  /// The files under `--etc`; on a live FreeBSD host those of /etc and /boot.
  private func hostFiles() -> [InputFile] {
    var places = etc
    #if os(FreeBSD)
      if places.isEmpty && common.from == nil && invocation.subcommand == .plan {
        places = ["/etc", "/boot"]
      }
    #endif
    var files: [InputFile] = []
    for place in places {
      for name in InputFile.namesThatHoldUnits {
        let path = place + "/" + name
        guard let bytes = try? FileContents.read(path) else { continue }
        files.append(InputFile(path: path, bytes: bytes))
      }
    }
    return files
  }

  /// Judges files; with the host they are for, where one can be read.
  private func lint() throws(SourceError) -> CommandResult {
    var read: [InputFile] = []
    for path in files { read.append(InputFile(path: path, bytes: try FileContents.read(path))) }
    let source = HostSource(path: common.from, kind: common.kind, via: common.via)
    // Without a recording the live host helps where it can be read.
    let host = common.from == nil ? try? source.host(.inventory) : try source.host()
    return invocation.lint(read, host: host)
  }

  /// Reads configuration space, where the host is a sysfs tree or this FreeBSD machine.
  private func readConfiguration(of indices: [Int], into host: inout Host) {
    #if os(FreeBSD)
      if common.from == nil, !indices.isEmpty, let scanner = try? DevPCIScanner() {
        scanner.readConfiguration(into: &host, of: indices)
        return
      }
    #endif
    guard host.source.kind == .live || host.source.kind == .sysfs, !indices.isEmpty else {
      return
    }
    ConfigurationReader(root: common.from ?? "/sys", wakes: common.wake).read(indices, into: &host)
  }

  private static func finish(_ result: CommandResult) {
    FileContents.print(result.output, to: .standardOutput)
    for message in result.messages {
      FileContents.print(Array((message + "\n").utf8), to: .standardError)
    }
  }
}
