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
  private let common: CommonOptions
  private let output: String?
  private let first: String?
  private let second: String??

  /// `second` is outer `nil` but for `diff`, where inner `nil` is this machine.
  init(
    _ invocation: Invocation, _ common: CommonOptions, output: String? = nil,
    first: String? = nil, second: String?? = .none
  ) {
    self.invocation = invocation
    self.common = common
    self.output = output
    self.first = first
    self.second = second
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
    let names = try NameSource.database(common.pciIDs)
    if let first, let second {
      let before = try HostSource(path: first, kind: common.kind).host()
      let after = try HostSource(path: second, kind: second == nil ? nil : common.kind).host()
      return invocation.run(on: before, comparedWith: after, names: names)
    }
    let source = HostSource(path: common.from, kind: common.kind, via: common.via)
    var host = try source.host()
    readConfiguration(of: invocation.functionsToRead(in: host), into: &host)
    let result = invocation.run(on: host, names: names)
    guard let output, result.status == .done else { return result }
    try FileContents.write(result.output, to: output)
    return CommandResult(output: [], messages: result.messages, status: result.status)
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
