// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIDrivers
internal import PCIHost
internal import PassthruAnalysis
internal import PassthruReport

/// What several changes have in common.
extension ChangingSubcommand {
  /// The functions that the selectors name.
  func chosen(_ host: Machine) throws(SelectorError) -> [FunctionAddress] {
    Set(try host.select(all: common.selectors).map { host.functions[$0].address }).sorted()
  }

  /// The one function that the common.selectors name; `nil` where there is none.
  func oneFunction(_ host: Machine) throws(SelectorError) -> Function? {
    guard common.selectors.count == 1 else { return nil }
    let found = try host.select(all: common.selectors)
    guard found.count == 1, let index = found.first else { return nil }
    return host.functions[index]
  }

  var needsOneFunction: ChangeDecision {
    .refused(
      .failure(
        .usage,
        "\(Self.declaration.name) needs one function: passthru \(Self.declaration.name) 0a:00.0"))
  }

  func item(
    _ function: Function, to: String, _ names: DeviceNames
  ) -> ChangeReport.Item {
    ChangeReport.Item(
      function.address, title: names.title(of: function),
      from: function.driver?.description ?? "no driver", to: to)
  }

  func restoring(
    _ choice: DriverJournal.Choice, _ journal: DriverJournal, _ host: Machine,
    _ interface: DriverInterface, _ names: DeviceNames
  ) throws(SelectorError) -> ChangeDecision {
    var report = ChangeReport("restore", interface)
    let records = journal.records(choice)
    if journal.isBeingChanged, let offer = journal.offer {
      return .refused(.failure(.blocked, offer))
    }
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
      if let function = host.function(at: record.address),
        function.identity.vendorID == record.before.vendorID,
        function.identity.deviceID == record.before.deviceID
      {
        title = names.title(of: function)
        from = function.driver?.description ?? "no driver"
      } else {
        title = "?"
        report.notes.append(
          "\(record.address) is gone: what is known of it is dropped"
            + (host.function(at: record.address) == nil
              ? "" : " where it is named, since another device has its place"))
      }
      report.items.append(
        ChangeReport.Item(
          record.address, title: title, from: from,
          to: record.before.driver?.description ?? "no driver"))
      // What is needed is seen on the way; each function ends with this question.
      report.steps.append(.verify(record.address, driver: record.before.driver?.name))
      if !record.isSettled, !journal.isBeingChanged {
        report.notes.append("\(interface.spelling(record.address)): a change was cut off")
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

  /// Everything that goes with a function: what is behind a bridge, and virtual functions.
  func functions(below function: Function, in host: Machine) -> [Function] {
    let topology = Topology(host)
    var below: [Function] = []
    if let top = host.functions.firstIndex(where: { $0.address == function.address }) {
      for index in host.functions.indices where index != top {
        var current: Int? = index
        // A machine has 256 buses in a domain, so that no way up is longer.
        for _ in 0..<256 {
          guard let here = current else { break }
          if here == top {
            below.append(host.functions[index])
            break
          }
          current = topology.parents[here]
        }
      }
    }
    return below + host.functions.filter { $0.physicalFunction == function.address }
  }

  /// The rule that says that a guest has a function.
  static var guestInUse: String { "guest.in-use" }

  /// Adds what the running host needs of these functions, whatever else is said of them;
  /// where `asksGuests`, what guests have of them too.
  func refuseWhatIsNeeded(
    _ functions: [Function], _ host: Machine, _ report: inout ChangeReport, asksGuests: Bool = false
  ) throws(SelectorError) {
    guard !functions.isEmpty else { return }
    let consumer = common.consumer(of: host)
    let all = host.assessments(for: consumer, allowing: try common.allowedAddresses(in: host))
    let wanted = Set(functions.map { $0.address })
    for assessment in all where wanted.contains(assessment.address) {
      // What a bridge is told of the functions behind it, they are told themselves, with
      // the way to allow it.
      let isBridge = host.function(at: assessment.address)?.isBridge == true
      for finding in assessment.findings {
        let isNeeded =
          finding.severity == .blocker || finding.severity == .unknown && finding.isDecisive
        guard
          isNeeded && !isBridge && finding.id.hasPrefix("host.")
            || asksGuests && finding.severity == .blocker && finding.id == Self.guestInUse
        else { continue }
        report.refusals.append(ChangeReport.Refusal(assessment.address, finding))
      }
    }
  }

  /// Fills in the steps, and refuses where something is in the way.
  func ready(_ work: HostChange.Work, _ report: ChangeReport, _ host: Machine) -> ChangeDecision {
    var report = report
    report.gaps = host.gaps
    switch work {
    case .transaction(let transaction): report.steps = transaction.steps
    case .steps(let steps): report.steps = steps
    case .restore: break
    }
    guard report.refusals.isEmpty, report.missing.isEmpty else {
      return .refused(common.shown(report, host, status: .blocked))
    }
    return .ready(HostChange(work, report))
  }
}
