// SPDX-License-Identifier: Apache-2.0

internal import PCI
public import PCIHost
public import PCINames
internal import PassthruAnalysis
internal import PassthruReport

extension Invocation {
  /// Decides what the subcommand does to the host, and whether it may.
  ///
  /// - Parameters:
  ///   - host: The running host, as it is now.
  ///   - journal: What was changed before.
  ///   - interface: How the kernel is told.
  ///   - drivers: The drivers that are asked about and that the kernel has.
  ///   - names: The names of a pci.ids.
  public func change(
    of host: Host, journal: DriverJournal, interface: DriverInterface,
    drivers: Set<String>, names: NameDatabase?
  ) -> ChangeDecision {
    do throws(SelectorError) {
      let names = DeviceNames(names)
      switch subcommand {
      case .bind:
        if let refusal = refusalAfterCrash(journal) { return refusal }
        return try bind(host, interface, drivers, names)
      case .unbind: return try unbind(host, journal, interface, names)
      case .restore: return try restore(host, journal, interface, names)
      case .reset: return try reset(host, interface, names)
      case .rescan:
        return ready(.steps([.perform(.rescan)]), ChangeReport("rescan", interface), host)
      case .remove: return try remove(host, interface, names)
      case .vfs where interface == .devctl:
        return .refused(
          .failure(
            .usage,
            "FreeBSD makes virtual functions from a file: iovctl -C -f /etc/iov/ix0.conf, "
              + "where passthrough : true gives them to ppt (iovctl.conf(5))"))
      case .vfs: return try virtualFunctions(host, names)
      default:
        return .refused(.failure(.usage, "\(subcommand.rawValue) changes nothing"))
      }
    } catch {
      return .refused(.failure(.usage, error.description))
    }
  }

  /// Decides as the running kernel has it, with what it says of its drivers and its start.
  ///
  /// - Parameters:
  ///   - host: The host, as it is now or was recorded.
  ///   - journal: What was changed before.
  ///   - control: The running kernel; `nil` where the host is a recording.
  ///   - names: The names of a pci.ids.
  public func change(
    of host: Host, journal: DriverJournal, through control: (some DeviceControl)?,
    names: NameDatabase?
  ) -> ChangeDecision {
    // What an earlier boot left half done, the machine's start has undone.
    let isUndone = journal.isOutdated(on: control?.bootIdentifier) && subcommand != .restore
    let wanted = wantedDriver(on: host)
    return change(
      of: host, journal: isUndone ? DriverJournal() : journal,
      interface: host.system.family == .linux ? .sysfs : .devctl,
      drivers: control?.hasDriver(wanted) ?? true ? [wanted] : [], names: names)
  }

  /// The driver that `bind` gives functions to.
  private func wantedDriver(on host: Host) -> String {
    driver ?? (consumer(of: host) == .bhyve ? "ppt" : "vfio-pci")
  }

  /// Offers the way back where an earlier change was cut off.
  private func refusalAfterCrash(_ journal: DriverJournal) -> ChangeDecision? {
    guard let message = Self.offer(of: journal) else { return nil }
    return .refused(.failure(.blocked, message))
  }

  /// What to say where a change was cut off, by a crash or by hand; `nil` where none was.
  public static func offer(of journal: DriverJournal) -> String? {
    let cutOff = journal.cutOff
    guard !cutOff.isEmpty else { return nil }
    let functions = cutOff.map { $0.address.description }.joined(separator: " ")
    return "a change of drivers was cut off (\(functions)): passthru restore shows what is left, "
      + "passthru restore --apply puts it back"
  }

  // MARK: Drivers

  private func bind(
    _ host: Host, _ interface: DriverInterface, _ drivers: Set<String>, _ names: DeviceNames
  ) throws(SelectorError) -> ChangeDecision {
    let selected = try chosen(host, "bind needs a function: passthru bind 0a:00.0")
    guard !selected.isEmpty else { return needsFunction }
    let driver = wantedDriver(on: host)
    guard Self.isDriverName(driver) else {
      return .refused(.failure(.usage, "\(displayText(driver.utf8)) cannot name a driver"))
    }
    let plan = PassthruAnalysis.plan(
      selected, guest: "", host: host, consumer: consumer(of: host),
      allowing: try allowedAddresses(in: host))
    // Another driver, as for tests or DPDK, gives a guest nothing: there a function can go
    // alone, and what only a guest would miss can be overridden.
    let handsOver = consumer(of: host).owns(
      driver: driver, variants: host.linux?.passthroughModules ?? [])
    let devices = handsOver && takesGroup ? plan.devices : selected
    var report = ChangeReport("bind", interface)
    if handsOver { report.missing = plan.devices.filter { !devices.contains($0) } }
    for assessment in plan.assessments where devices.contains(assessment.address) {
      let isThere = host.function(at: assessment.address)?.driver?.name == driver
      add(
        assessment, to: &report, beside: Set(devices), handsOver: handsOver, isThere: isThere)
    }
    var units = FreeUnits(of: driver, on: host)
    for address in devices {
      guard let function = host.function(at: address) else { continue }
      let isThere = function.driver?.name == driver
      let unit = interface == .devctl && !isThere ? units.next() : function.driver?.unit
      let holder = DriverBinding(name: driver, unit: unit)
      report.items.append(item(function, to: holder.description, names))
    }
    // ppt is in vmm's file; which file another driver of FreeBSD is in is not known.
    let module = interface == .sysfs ? driver : driver == "ppt" ? "vmm" : nil
    let transaction = DriverTransaction(
      devices.compactMap { host.function(at: $0) }, driver: driver, interface: interface,
      module: drivers.contains(driver) ? nil : module, deadline: Int64(deadline) * 1000)
    if interface == .devctl, !transaction.open.isEmpty {
      report.notes.append(
        "no other device's unit changes; this lasts until the machine starts again, and "
          + "passthru emit loader.conf is for longer")
    }
    if transaction.open.contains(where: { $0.before.override != nil && interface == .sysfs }) {
      report.notes.append("an override of before is replaced, and put back by restore")
    }
    report.undo =
      "passthru restore " + devices.map { $0.description }.joined(separator: " ")
      + " --apply"
    return ready(.transaction(transaction), report, host)
  }

  /// Sorts what was found of a function into what refuses and what a person should know.
  ///
  /// `handsOver` says that the driver gives functions to guests, `isThere` that it holds
  /// this one already.
  private func add(
    _ assessment: Assessment, to report: inout ChangeReport, beside chosen: Set<FunctionAddress>,
    handsOver: Bool, isThere: Bool
  ) {
    for finding in assessment.findings {
      switch finding.severity {
      case .blocker:
        // The module is loaded as the first step.
        if finding.id == "kernel.module" { continue }
        // igb takes its virtual functions along when it lets go, and no way back
        // brings them back (seen on 82576, Linux 6.1): they have to go first. A guest
        // that has a function keeps it, and keeps the kernel waiting.
        let takesFromGuest = finding.id == "dev.pf-with-vfs" || finding.id == Self.guestInUse
        let takes =
          takesFromGuest || finding.id.hasPrefix("host.") || finding.id == "dev.bridge"
        let isNote =
          finding.resolution == .change && (!takesFromGuest || isThere)
          || !handsOver && !takes && isForced
        if finding.resolution == .together {
          // What is missing is listed as such.
          if handsOver, report.missing.isEmpty, !finding.related.allSatisfy(chosen.contains) {
            report.refusals.append(ChangeReport.Refusal(assessment.address, finding))
          }
        } else if isNote {
          report.notes.append(finding.evidence + ": " + finding.remedy)
        } else {
          var finding = finding
          if !handsOver, !takes {
            finding.remedy += "; or add --force, where no guest is to have it"
          }
          report.refusals.append(ChangeReport.Refusal(assessment.address, finding))
        }
      case .unknown where finding.isDecisive && !isForced:
        var finding = finding
        finding.remedy += finding.remedy.isEmpty ? "or add --force" : ", or add --force"
        report.refusals.append(ChangeReport.Refusal(assessment.address, finding))
      default: continue
      }
    }
  }

  private func unbind(
    _ host: Host, _ journal: DriverJournal, _ interface: DriverInterface, _ names: DeviceNames
  ) throws(SelectorError) -> ChangeDecision {
    let selected = try chosen(host, "unbind needs a function: passthru unbind 0a:00.0")
    guard !selected.isEmpty else { return needsFunction }
    let known = Set(journal.records.map { $0.address })
    // All of them are in the journal: then it says where they go back to.
    if selected.allSatisfy(known.contains) {
      return try restoring(.these(selected), journal, host, interface, names)
    }
    var report = ChangeReport("unbind", interface)
    let others = selected.filter { !known.contains($0) }
    for address in others {
      guard let function = host.function(at: address) else { continue }
      let holder = function.driver?.name
      let isFree = holder == nil && function.driverOverride == nil
      guard isFree || holder == nil || host.passthroughDriver(holder) != nil else {
        return .refused(
          .failure(
            .usage,
            "\(address) is held by \(holder ?? ""), its own driver: there is nothing to give back"))
      }
      report.items.append(item(function, to: "the kernel's choice", names))
      report.notes.append(
        "\(address) was not changed by passthru: the kernel chooses its driver")
    }
    guard others.count == selected.count else {
      return .refused(
        .failure(
          .usage, "some of these are in the journal and some are not: unbind them separately"))
    }
    let functions = others.compactMap { host.function(at: $0) }
    try refuseWhatIsNeeded(functions, host, &report, asksGuests: true)
    let transaction = DriverTransaction(
      functions, driver: nil, interface: interface, deadline: Int64(deadline) * 1000)
    return ready(.transaction(transaction), report, host)
  }

  private func restore(
    _ host: Host, _ journal: DriverJournal, _ interface: DriverInterface, _ names: DeviceNames
  ) throws(SelectorError) -> ChangeDecision {
    var choice = showsAll ? DriverJournal.Choice.all : .cutOff
    if !selectors.isEmpty {
      let selected = try host.select(all: selectors).map { host.functions[$0].address }
      choice = .these(selected)
    }
    return try restoring(choice, journal, host, interface, names)
  }

  private func restoring(
    _ choice: DriverJournal.Choice, _ journal: DriverJournal, _ host: Host,
    _ interface: DriverInterface, _ names: DeviceNames
  ) throws(SelectorError) -> ChangeDecision {
    var report = ChangeReport("restore", interface)
    let records = journal.records(choice)
    // The host may have come to need a function since. One that has its driver back
    // already keeps it.
    let taken = records.compactMap { record -> Function? in
      guard let function = host.function(at: record.address), let driver = function.driver?.name,
        driver != record.before.driver?.name
      else { return nil }
      return function
    }
    try refuseWhatIsNeeded(taken, host, &report, asksGuests: true)
    for record in records {
      let title: String
      var from = "is not there"
      if let function = host.function(at: record.address) {
        title = names.title(of: function.identity)
        from = function.driver?.description ?? "no driver"
      } else {
        title = "?"
      }
      report.items.append(
        ChangeReport.Item(
          record.address, title: title, from: from,
          to: record.before.driver?.description ?? "no driver"))
      // What is needed is seen on the way; each function ends with this question.
      report.steps.append(.verify(record.address, driver: record.before.driver?.name))
      if !record.isSettled {
        report.notes.append("\(record.address): a change was cut off")
      }
    }
    let left = journal.records.count - records.count
    if left > 0 {
      report.notes.append(
        "\(left) more functions are changed, on purpose: passthru restore --all gives them back too"
      )
    }
    guard !records.isEmpty else {
      var lines = ["There is nothing to put back."]
      lines.append(contentsOf: report.notes)
      return .refused(CommandResult(lines.joined(separator: "\n") + "\n"))
    }
    return ready(.restore(choice), report, host)
  }

  // MARK: Parts

  /// The functions that the selectors name.
  private func chosen(
    _ host: Host, _ usage: String
  ) throws(SelectorError) -> [FunctionAddress] {
    guard !selectors.isEmpty else { return [] }
    return Set(try host.select(all: selectors).map { host.functions[$0].address }).sorted()
  }

  private var needsFunction: ChangeDecision {
    .refused(
      .failure(
        .usage, "\(subcommand.rawValue) needs a function: passthru \(subcommand.rawValue) 0a:00.0"))
  }

  private func item(
    _ function: Function, to: String, _ names: DeviceNames
  ) -> ChangeReport.Item {
    ChangeReport.Item(
      function.address, title: names.title(of: function.identity),
      from: function.driver?.description ?? "no driver", to: to)
  }

  /// Letters, digits, `-` and `_`: what kernels name drivers with, and no path.
  private static func isDriverName(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.count < 64
      && name.utf8.allSatisfy {
        switch $0 {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x5f: true
        default: false
        }
      }
  }

  /// Fills in the steps, and refuses where something is in the way.
  func ready(_ work: HostChange.Work, _ report: ChangeReport, _ host: Host) -> ChangeDecision {
    var report = report
    switch work {
    case .transaction(let transaction): report.steps = transaction.steps
    case .steps(let steps): report.steps = steps
    case .restore: break
    }
    guard report.refusals.isEmpty, report.missing.isEmpty else {
      return .refused(shown(report, host, status: .blocked))
    }
    return .ready(HostChange(work, report))
  }
}
