// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIDrivers
internal import PCIHost
internal import PassthruReport

extension Front {
  /// Shows a change of the running host, or carries it out.
  func change(
    _ request: ChangeRequest, _ arguments: [String]
  ) throws(PlatformError) -> CommandResult {
    let common = request.common
    let isLive = common.from == nil
    if request.options.applies {
      guard isLive else {
        return .failure(.usage, "a recording cannot be changed: leave out --from or --apply")
      }
      if let result = system.delegate(request, arguments) { return result }
    }
    let reading = ReadingRequest(common)
    var host = try host(at: reading.places[0], reading, wakes: common.wakes)
    let control = isLive ? try system.control() : nil
    var journal = DriverJournal()
    if isLive {
      do throws(DeviceControlError) {
        journal = try system.journal(request.options.stateDirectory)
        host.recordDriversBefore(journal, bootIdentifier: control?.bootIdentifier)
      } catch {
        if request.needsJournal {
          // EPERM and EACCES, as where the kernel says no.
          let isRefusal = error.errorNumber == 1 || error.errorNumber == 13
          return .failure(isRefusal ? .blocked : .unreadable, error.description)
        }
      }
    }
    let names = DeviceNames(try names(reading.naming, [host], common.namesFile))
    // What an earlier boot left half done, the machine's start has undone.
    let isUndone = journal.isOutdated(on: control?.bootIdentifier) && !request.isRestoring
    let situation = ChangeSituation(
      host: host, journal: isUndone ? DriverJournal() : journal,
      interface: host.system.family == .linux ? .sysfs : .devctl, names: names,
      hasDriver: { control?.hasDriver($0) ?? true })
    let decision: ChangeDecision
    do throws(SelectorError) {
      decision = try request.decide(situation)
    } catch {
      return .failure(.usage, error.description)
    }
    switch decision {
    case .refused(let result): return result
    case .ready(let change):
      guard request.options.applies, var control else {
        return common.shown(change.report, host, status: .done)
      }
      return system.carryOut(change, request, &control)
    }
  }
}
