// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import PCI
internal import PCIBus
internal import PCIHost
internal import PassthruCommand
internal import PassthruReport
internal import SystemPackage

/// Shows a change of the running host, or carries it out.
///
/// The kernel can keep a write waiting for ever, as for a disk that is mounted,
/// and a process whose thread waits so cannot even be killed. The work is
/// therefore done by a second process, and the first one only watches it.
struct ChangeExecution {
  private let invocation: Invocation
  private let common: SourceOptions
  private let options: ChangeOptions

  init(_ invocation: Invocation, _ common: SourceOptions, _ options: ChangeOptions) {
    self.invocation = invocation
    self.common = common
    self.options = options
  }

  #if os(FreeBSD)
    private typealias Control = DevctlControl
    private typealias Journal = DevctlJournal
  #else
    private typealias Control = SysfsControl
    private typealias Journal = JournalFile
  #endif

  private var journalDirectory: String {
    options.stateDirectory ?? Journal.standardDirectory
  }

  /// Does it, prints what came of it, and ends the process where that is not 0.
  func run() throws {
    let result: CommandResult
    do throws(SourceError) {
      result = try self.result()
    } catch {
      result = .failure(.unreadable, error.message)
    }
    Self.print(result)
    if result.status != .done { throw ExitCode(result.status.rawValue) }
  }

  private func result() throws(SourceError) -> CommandResult {
    if invocation.applies {
      if common.from != nil {
        return .failure(.usage, "a recording cannot be changed: leave out --from or --apply")
      }
      // FreeBSD has no /proc/self/exe to start a second process from.
      #if !os(FreeBSD)
        if options.inPlace {
          Supervisor.stepAside()
        } else {
          return Supervisor(deadline: invocation.deadline).watch(
            Array(CommandLine.arguments.dropFirst()) + ["--in-place"])
        }
      #endif
    }
    let host = try HostSource(path: common.from, kind: common.kind, via: common.via).host()
    let names = try NameSource.database(
      common.pciIDs, for: (host, Array(host.functions.indices)))
    var journal = DriverJournal()
    if common.from == nil {
      do throws(DeviceControlError) {
        journal = try Journal.look(directory: journalDirectory)
      } catch {
        if invocation.needsJournal { return .failure(.unreadable, error.description) }
      }
    }
    let control = common.from == nil ? try makeControl() : nil
    switch invocation.change(of: host, journal: journal, through: control, names: names) {
    case .refused(let result): return result
    case .ready(let change):
      guard invocation.applies, let control else { return invocation.shown(change, on: host) }
      return carryOut(change, control)
    }
  }

  private func makeControl() throws(SourceError) -> Control {
    #if os(FreeBSD)
      do throws(ScanError) { return try DevctlControl() } catch { throw .scan(error) }
    #else
      return SysfsControl()
    #endif
  }

  /// Tells the kernel.
  private func carryOut(_ change: HostChange, _ control: Control) -> CommandResult {
    var control = control
    let isText = invocation.format == .text
    let progress: (DeviceStep) -> Void = { step in
      let text = step.text(through: change.report.interface)
      Supervisor.report(text)
      if isText { FileContents.print(Array(("  " + text + "\n").utf8), to: .standardOutput) }
    }
    let counts: (FunctionAddress) -> UInt16?
    #if os(FreeBSD)
      counts = { _ in nil }
    #else
      let unchanged = control
      counts = { unchanged.virtualFunctionCount(of: $0) }
    #endif
    return invocation.carryOut(
      change, with: &control,
      journal: { () throws(DeviceControlError) in try Journal(directory: journalDirectory) },
      virtualFunctionCount: counts, progress: progress)
  }

  private static func print(_ result: CommandResult) {
    FileContents.print(result.output, to: .standardOutput)
    for message in result.messages {
      FileContents.print(Array((message + "\n").utf8), to: .standardError)
    }
  }
}
