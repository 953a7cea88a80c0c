// SPDX-License-Identifier: Apache-2.0

internal import PCIBus
internal import PCIHost
internal import PassthruCommand
internal import PassthruReport

/// Shows a change of the running host, or carries it out, in this process.
///
/// A request that the kernel keeps waiting keeps the process waiting with it,
/// and it cannot be ended meanwhile: what took longer than the deadline is taken
/// back when it returns.
struct ChangeFront {
  private let invocation: Invocation
  private let parsed: ParsedArguments

  init(_ invocation: Invocation, _ parsed: ParsedArguments) {
    self.invocation = invocation
    self.parsed = parsed
  }

  private var journalDirectory: String {
    parsed.stateDirectory ?? DevctlJournal.standardDirectory
  }

  /// What to say where a change of this machine's drivers was cut off.
  ///
  /// Only root can read the journal, and only root could put it right.
  static var offerToRestore: String? {
    guard let journal = try? DevctlJournal.look(), !journal.records.isEmpty,
      let control = try? DevctlControl(), !journal.isOutdated(on: control.bootIdentifier)
    else { return nil }
    return Invocation.offer(of: journal)
  }

  /// What came of it.
  func result() throws(SourceFailure) -> CommandResult {
    if invocation.applies, parsed.from != nil {
      return .failure(.usage, "a recording cannot be changed: leave out --from or --apply")
    }
    let host = try HostSource(path: parsed.from, kind: parsed.kind).host(for: invocation)
    let names = try NameSource.database(parsed.namesFile)
    var journal = DriverJournal()
    var control: DevctlControl?
    if parsed.from == nil {
      do throws(ScanError) { control = try DevctlControl() } catch { throw .scan(error) }
      do throws(DeviceControlError) {
        journal = try DevctlJournal.look(directory: journalDirectory)
      } catch {
        if invocation.needsJournal { return .failure(.unreadable, error.description) }
      }
    }
    switch invocation.change(of: host, journal: journal, through: control, names: names) {
    case .refused(let result): return result
    case .ready(let change):
      guard invocation.applies, var control else { return invocation.shown(change, on: host) }
      let isText = invocation.format == .text
      let directory = journalDirectory
      return invocation.carryOut(
        change, with: &control,
        journal: { () throws(DeviceControlError) in try DevctlJournal(directory: directory) },
        virtualFunctionCount: { _ in nil },
        progress: { step in
          guard isText else { return }
          let text = "  " + step.text(through: change.report.interface) + "\n"
          Process.write(Array(text.utf8), to: 1)
        })
    }
  }
}
