// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost
internal import PassthruAnalysis
internal import PassthruReport

/// What is done to one device, and not to its driver: reset, removal, virtual functions.
extension Invocation {
  func reset(
    _ host: Host, _ interface: DriverInterface, _ names: DeviceNames
  ) throws(SelectorError) -> ChangeDecision {
    guard let function = try oneFunction(host) else { return needsOneFunction }
    var report = ChangeReport("reset", interface)
    // A bridge that is reset takes the bus behind it along: a disk there was gone on Linux 6.1.
    try refuseWhatIsNeeded([function] + functions(below: function, in: host), host, &report)
    if interface == .devctl { return resetByDevctl(function, report, host, names) }
    guard let methods = function.resetMethods, let first = methods.first else {
      return .refused(
        .failure(
          .blocked,
          "the kernel knows no way to reset \(function.address): "
            + "passthru check --explain reset.none"))
    }
    var steps: [DeviceStep] = [.perform(.reset(function.address))]
    var used = first
    if let resetMethod {
      guard let wanted = methods.first(where: { $0.rawValue == resetMethod }) else {
        let known = methods.map { $0.rawValue }.joined(separator: " or ")
        return .refused(
          .failure(
            .usage,
            "\(function.address) cannot be reset by \(displayText(resetMethod.utf8)): it is \(known)"
          ))
      }
      used = wanted
      if methods != [wanted] {
        steps.insert(.perform(.resetMethods(function.address, [wanted])), at: 0)
        steps.append(.perform(.resetMethods(function.address, methods)))
      }
    }
    report.items = [
      ChangeReport.Item(
        function.address, title: names.title(of: function.identity),
        from: function.driver?.description ?? "no driver", to: "reset by " + used.rawValue)
    ]
    let others = methods.filter { $0 != used }.map { $0.rawValue }
    if !others.isEmpty {
      report.notes.append("it also has " + others.joined(separator: ", ") + " (--method)")
    }
    if let driver = function.driver {
      report.notes.append("\(driver) holds it and sees the reset; a guest that has it loses state")
    }
    return ready(.steps(steps), report, host)
  }

  /// FreeBSD chooses how: function level reset, else through D3 (`pci_reset_child`).
  private func resetByDevctl(
    _ function: Function, _ report: ChangeReport, _ host: Host, _ names: DeviceNames
  ) -> ChangeDecision {
    guard resetMethod == nil else {
      return .refused(
        .failure(.usage, "FreeBSD chooses how a function is reset: leave out --method"))
    }
    let tables = HostTables(host: host, consumer: .bhyve)
    guard let index = host.functions.firstIndex(where: { $0.address == function.address }),
      tables.capabilities.indices.contains(index)
    else { return needsOneFunction }
    let facts = tables.capabilities[index]
    let method: String
    switch (facts.supportsFunctionLevelReset, facts.hasPowerManagement, facts.keepsStateInD3hot) {
    case (true, _, _): method = "function level reset"
    case (false, true, false): method = "a change of its power state"
    case (false, false, _), (false, _, true):
      return .refused(
        .failure(
          .blocked,
          "the kernel has no way to reset \(function.address): "
            + "passthru check --explain reset.none"))
    default:
      return .refused(
        .failure(
          .blocked,
          "not known whether \(function.address) can be reset, since its configuration space "
            + "could not be read: run as root, with kern.securelevel at 0 or below"))
    }
    var report = report
    report.items = [
      ChangeReport.Item(
        function.address, title: names.title(of: function.identity),
        from: function.driver?.description ?? "no driver", to: "reset by " + method)
    ]
    if let driver = function.driver {
      report.notes.append("\(driver) is suspended meanwhile; a guest that has it loses state")
    }
    return ready(.steps([.perform(.reset(function.address))]), report, host)
  }

  func remove(
    _ host: Host, _ interface: DriverInterface, _ names: DeviceNames
  ) throws(SelectorError) -> ChangeDecision {
    guard let function = try oneFunction(host) else { return needsOneFunction }
    let below = functions(below: function, in: host)
    var report = ChangeReport("remove", interface, undo: "passthru rescan --apply")
    try refuseWhatIsNeeded([function] + below, host, &report)
    report.items = ([function] + below).map {
      ChangeReport.Item(
        $0.address, title: names.title(of: $0.identity),
        from: $0.driver?.description ?? "no driver", to: "removed")
    }
    return ready(.steps([.perform(.remove(function.address))]), report, host)
  }

  func virtualFunctions(
    _ host: Host, _ names: DeviceNames
  ) throws(SelectorError) -> ChangeDecision {
    guard let function = try oneFunction(host) else { return needsOneFunction }
    guard let count else {
      return .refused(.failure(.usage, "vfs needs a count: passthru vfs 0a:00.0 4"))
    }
    guard let state = function.virtualFunctions else {
      let reason =
        function.physicalFunction.map { "it is a virtual function of \($0)" }
        ?? "it has no SR-IOV capability"
      return .refused(
        .failure(.blocked, "\(function.address) can have no virtual functions: \(reason)"))
    }
    guard count <= state.total else {
      return .refused(
        .failure(.blocked, "\(function.address) can have \(state.total) virtual functions at most"))
    }
    guard let driver = function.driver else {
      return .refused(
        .failure(
          .blocked,
          "\(function.address) has no driver, and the driver makes virtual functions: "
            + "give it one first"))
    }
    let existing = host.functions.filter { $0.physicalFunction == function.address }
    var report = ChangeReport("vfs")
    if state.enabled > 0, state.enabled != count {
      // Those that are there go first: the kernel changes a count only from 0.
      try refuseWhatIsNeeded(existing, host, &report)
    }
    report.items = [
      ChangeReport.Item(
        function.address, title: names.title(of: function.identity) + ", driver \(driver)",
        from: "\(state.enabled) virtual functions", to: "\(count) of \(state.total)")
    ]
    var steps: [DeviceStep] = []
    if state.enabled != count {
      if state.enabled > 0 {
        steps.append(.perform(.virtualFunctions(function.address, count: 0)))
        steps.append(.verifyVirtualFunctions(function.address, count: 0))
      }
      if count > 0 {
        steps.append(.perform(.virtualFunctions(function.address, count: count)))
        steps.append(.verifyVirtualFunctions(function.address, count: count))
      }
    }
    report.undo = "passthru vfs \(function.address) \(state.enabled) --apply"
    if !existing.isEmpty, state.enabled != count {
      report.notes.append(
        "the \(existing.count) there are now go first, and any guest that has one loses it")
    }
    if count > 0, state.enabled != count {
      let groups = existing.compactMap { $0.iommuGroup }
      let isAlone = groups.count == existing.count && Set(groups).count == groups.count
      report.notes.append(
        !existing.isEmpty && isAlone
          ? "each of those there are now is a group of its own, and so will be the new ones"
          : "each is a group of its own where all ports above isolate (ACS), and otherwise joins "
            + "the group of those ports: passthru groups shows it afterwards")
    }
    return ready(.steps(steps), report, host)
  }

  /// Everything that goes with a function: what is behind a bridge, and virtual functions.
  private func functions(below function: Function, in host: Host) -> [Function] {
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

  /// The one function that the selectors name; `nil` where there is none.
  private func oneFunction(_ host: Host) throws(SelectorError) -> Function? {
    guard selectors.count == 1 else { return nil }
    let found = try host.select(all: selectors)
    guard found.count == 1, let index = found.first else { return nil }
    return host.functions[index]
  }

  private var needsOneFunction: ChangeDecision {
    .refused(
      .failure(
        .usage,
        "\(subcommand.rawValue) needs one function: passthru \(subcommand.rawValue) 0a:00.0"))
  }

  /// The rule that says that a guest has a function.
  static let guestInUse = "guest.in-use"

  /// Adds what the running host needs of these functions, whatever else is said of them;
  /// where `asksGuests`, what guests have of them too.
  func refuseWhatIsNeeded(
    _ functions: [Function], _ host: Host, _ report: inout ChangeReport, asksGuests: Bool = false
  ) throws(SelectorError) {
    guard !functions.isEmpty else { return }
    let consumer = consumer(of: host)
    let all = assessments(of: host, for: consumer, allowing: try allowedAddresses(in: host))
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
}
