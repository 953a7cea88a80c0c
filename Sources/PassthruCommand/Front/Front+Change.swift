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
      isJournalOutdated: journal.isOutdated(on: control?.bootIdentifier),
      interface: host.system.family == .linux ? .sysfs : .devctl, names: names,
      hasDriver: { control?.hasDriver($0) ?? true })
    var decision: ChangeDecision
    do throws(SelectorError) {
      decision = try request.decide(situation)
      // Disks are opened for a change only, and not to look at what one would do.
      if request.options.applies, case .ready(let change) = decision {
        decision = try decided(request, situation, change)
      }
    } catch {
      return .failure(.usage, error.description)
    }
    switch decision {
    case .refused(let result): return result
    case .ready(let change):
      guard request.options.applies, var control else {
        return common.shown(change.report, host, status: .done)
      }
      return system.carryOut(
        change, request, &control,
        confirm: { () throws(DeviceControlError) in
          var now = situation
          do throws(PlatformError) {
            now.host = try self.host(at: reading.places[0], reading, wakes: common.wakes)
          } catch {
            throw DeviceControlError("the host cannot be read again: " + error.message)
          }
          try confirm(change, request, now)
        })
    }
  }

  /// Decides with what the kernel says of the functions that a change is about.
  private func decided(
    _ request: ChangeRequest, _ situation: ChangeSituation, _ change: HostChange
  ) throws(SelectorError) -> ChangeDecision {
    var asked = situation
    system.readClaims(on: change.functions(of: situation.host), into: &asked.host)
    return try request.decide(asked)
  }

  /// Decides anew, with nobody else changing drivers; throws where that comes to another answer.
  private func confirm(
    _ change: HostChange, _ request: ChangeRequest, _ now: ChangeSituation
  ) throws(DeviceControlError) {
    let decision: ChangeDecision
    do throws(SelectorError) {
      decision = try decided(request, now, change)
    } catch {
      throw DeviceControlError("the host has changed meanwhile: " + error.description)
    }
    switch decision {
    case .refused(let result):
      let words =
        String(decoding: result.output, as: UTF8.self).split(separator: "\n")
        .map { String($0) } + result.messages
      throw DeviceControlError(
        "the host has come to need it meanwhile",
        remedy: words.map { displayText($0) }.joined(separator: " / "))
    case .ready(let later):
      guard later.report.items.map({ $0.address }) == change.report.items.map({ $0.address })
      else {
        throw DeviceControlError(
          "other functions would have to change now", remedy: "ask again for what is to be done")
      }
    }
  }
}

extension HostChange {
  /// The functions that it is about, with what is behind bridges and virtual ones.
  fileprivate func functions(of host: Machine) -> Set<FunctionAddress> {
    var chosen = Set(report.items.map { $0.address })
    let topology = Topology(host)
    // What is above stands before what is below it often, and not always.
    for index in host.functions.indices {
      var current: Int? = index
      for _ in 0..<256 {
        guard let here = current else { break }
        let function = host.functions[here]
        if chosen.contains(function.address)
          || function.physicalFunction.map({ chosen.contains($0) }) == true
        {
          chosen.insert(host.functions[index].address)
          break
        }
        current = topology.parents[here]
      }
    }
    return chosen
  }
}
