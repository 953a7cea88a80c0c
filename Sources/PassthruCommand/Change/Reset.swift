// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIDrivers
internal import PCIHost
internal import PassthruAnalysis
internal import PassthruReport

/// The subcommand `reset`.
struct Reset: ChangingSubcommand {
  static let declaration = SubcommandDeclaration(
    "reset", "Reset a function.", takes: "one function", need: .kernel,
    examples: [.init("reset 0a:00.0 --method flr --apply", "by function level reset")],
    obstacle: needsKernel)
  static let options: [CommandOption<Self>] =
    [
      .value(
        "--method", "NAME", "Reset it this way: flr, pm, bus...",
        completes: .live(Candidates.resetMethods)
      ) { $0.method = $1 }
    ] + changeOptions
  static let arguments: [CommandArgument<Self>] = [.selectors(count: 1...1, "The function.")]

  var common = CommonOptions()
  var change = ChangeOptions()
  /// The way to reset; `nil` is the kernel's first.
  var method: String?

  func decide(_ situation: ChangeSituation) throws(SelectorError) -> ChangeDecision {
    let host = situation.host
    let interface = situation.interface
    let names = situation.names
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
    if let method {
      guard let wanted = methods.first(where: { $0.rawValue == method }) else {
        let known = methods.map { $0.rawValue }.joined(separator: " or ")
        return .refused(
          .failure(
            .usage,
            "\(function.address) cannot be reset by \(displayText(method.utf8)): it is \(known)"
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
        function.address, title: names.title(of: function),
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
    _ function: Function, _ report: ChangeReport, _ host: Machine, _ names: DeviceNames
  ) -> ChangeDecision {
    guard method == nil else {
      return .refused(
        .failure(.usage, "FreeBSD chooses how a function is reset: leave out --method"))
    }
    let tables = HostTables(host: host, consumer: .bhyve)
    guard let index = host.functions.firstIndex(where: { $0.address == function.address }),
      tables.capabilities.indices.contains(index)
    else { return needsOneFunction }
    let facts = tables.capabilities[index]
    let way: String
    switch (facts.supportsFunctionLevelReset, facts.hasPowerManagement, facts.keepsStateInD3hot) {
    case (true, _, _): way = "function level reset"
    case (false, true, false): way = "a change of its power state"
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
        function.address, title: names.title(of: function),
        from: function.driver?.description ?? "no driver", to: "reset by " + way)
    ]
    if let driver = function.driver {
      report.notes.append("\(driver) is suspended meanwhile; a guest that has it loses state")
    }
    return ready(.steps([.perform(.reset(function.address))]), report, host)
  }
}
