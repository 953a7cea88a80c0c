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

  private var journalDirectory: String {
    options.stateDirectory ?? JournalFile.standardDirectory
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
      if options.inPlace {
        Supervisor.stepAside()
      } else {
        return Supervisor(deadline: invocation.deadline).watch(
          Array(CommandLine.arguments.dropFirst()) + ["--in-place"])
      }
    }
    let host = try HostSource(path: common.from, kind: common.kind, via: common.via).host()
    let names = try NameSource.database(common.pciIDs, for: host)
    let isLinux = host.system.family == .linux
    var journal = DriverJournal()
    if common.from == nil {
      do throws(DeviceControlError) {
        journal = try JournalFile.look(directory: journalDirectory)
      } catch {
        // To look at what would be done needs no journal, and no root.
        if invocation.applies { return .failure(.unreadable, error.description) }
      }
    }
    let control = SysfsControl()
    // What an earlier boot left half done, the machine's start has undone.
    if journal.isOutdated(on: control.bootIdentifier), invocation.subcommand != .restore {
      journal = DriverJournal()
    }
    let wanted = invocation.wantedDriver(on: host)
    let decision = invocation.change(
      of: host, journal: journal, interface: isLinux ? .sysfs : .devctl,
      drivers: common.from != nil || control.hasDriver(wanted) ? [wanted] : [], names: names)
    switch decision {
    case .refused(let result): return result
    case .ready(let change):
      guard invocation.applies else { return invocation.shown(change, on: host) }
      guard isLinux else {
        return .failure(.usage, "this build changes drivers on Linux only")
      }
      return carryOut(change, on: host, control)
    }
  }

  /// Tells the kernel.
  private func carryOut(
    _ change: HostChange, on host: Host, _ control: SysfsControl
  ) -> CommandResult {
    var control = control
    var messages: [String] = []
    let isText = invocation.format == .text
    let progress: (DeviceStep) -> Void = { step in
      Supervisor.report(step.text)
      if isText { FileContents.print(Array(("  " + step.text + "\n").utf8), to: .standardOutput) }
    }
    var lines: [String] = []
    do throws(DeviceControlError) {
      switch change.work {
      case .transaction(let transaction):
        var store = try JournalFile(directory: journalDirectory)
        do throws(DriverTransactionError) {
          try transaction.apply(with: &control, journal: &store, progress: progress)
        } catch {
          messages.append("passthru: " + error.description)
        }
        for change in transaction.changes {
          lines.append(Self.holder(of: change.address, control))
        }
      case .restore(let choice):
        var store = try JournalFile(directory: journalDirectory)
        let outcome = try DriverJournal.restore(
          choice, with: &control, journal: &store, progress: progress)
        if outcome.wasOutdated {
          lines.append("The machine was started again since: its drivers are as they boot.")
        }
        for (address, _) in outcome.restored { lines.append(Self.holder(of: address, control)) }
        messages.append(contentsOf: outcome.failures.map { "passthru: " + $0 })
      case .steps(let steps):
        try carryOut(steps, &control, progress)
        lines.append("done")
      }
    } catch {
      messages.append("passthru: " + error.description)
    }
    let status: ExitStatus = messages.isEmpty ? .done : .blocked
    guard isText else {
      var json = JSONWriter(isIndented: true)
      change.report.write(into: &json, isApplied: messages.isEmpty)
      return CommandResult(output: json.bytes, messages: messages, status: status)
    }
    var text = lines.joined(separator: "\n") + "\n"
    if messages.isEmpty, let undo = change.report.undo { text += "To take it back: " + undo + "\n" }
    return CommandResult(output: Array(text.utf8), messages: messages, status: status)
  }

  private func carryOut(
    _ steps: [DeviceStep], _ control: inout SysfsControl, _ progress: (DeviceStep) -> Void
  ) throws(DeviceControlError) {
    for step in steps {
      progress(step)
      switch step {
      case .perform(let action): try control.perform(action)
      case .verify: continue
      case .verifyVirtualFunctions(let address, let count):
        let now = control.virtualFunctionCount(of: address)
        guard now == count else {
          throw DeviceControlError(
            "\(address) has \(now.map { String($0) } ?? "no") virtual functions and not \(count)",
            remedy: "see the kernel's log: dmesg")
        }
      }
    }
  }

  /// Who holds a function now, in words.
  private static func holder(of address: FunctionAddress, _ control: SysfsControl) -> String {
    do throws(DeviceControlError) {
      guard let driver = try control.state(of: address).driver else {
        return "\(address) has no driver"
      }
      return "\(address) is held by \(driver)"
    } catch {
      return error.description
    }
  }

  private static func print(_ result: CommandResult) {
    FileContents.print(result.output, to: .standardOutput)
    for message in result.messages {
      FileContents.print(Array((message + "\n").utf8), to: .standardError)
    }
  }
}
