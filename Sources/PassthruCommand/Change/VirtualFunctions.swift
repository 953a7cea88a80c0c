// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIDrivers
internal import PCIHost
internal import PassthruReport

/// The subcommand `vfs`.
struct VirtualFunctions: ChangingSubcommand {
  static let declaration = SubcommandDeclaration(
    "vfs", "Set how many virtual functions a function has.",
    takes: "a function and a number", need: .kernel,
    examples: [
      .init("vfs 0a:00.0 4 --apply", "make four, through 0"),
      .init("vfs 0a:00.0 0 --apply", "take them away"),
    ], obstacle: needsKernel)
  static let options = changeOptions
  static let arguments: [CommandArgument<Self>] = [
    .selectors(count: 1...1, "The physical function."),
    .init("COUNT", "How many; 0 takes them away.") {
      (subcommand: inout Self, words) throws(ArgumentError) in
      guard let count = UInt16(words[0]) else {
        throw ArgumentError("vfs needs a function and a number: vfs 0a:00.0 4", isWhole: true)
      }
      subcommand.count = count
    },
  ]

  var common = CommonOptions()
  var change = ChangeOptions()
  /// The number of virtual functions.
  var count: UInt16 = 0

  func decide(_ situation: ChangeSituation) throws(SelectorError) -> ChangeDecision {
    let host = situation.host
    let names = situation.names
    guard situation.interface == .sysfs else {
      return .refused(
        .failure(
          .usage,
          "FreeBSD makes virtual functions from a file: iovctl -C -f /etc/iov/ix0.conf, "
            + "where passthrough : true gives them to ppt (iovctl.conf(5))"))
    }
    guard let function = try oneFunction(host) else { return needsOneFunction }
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
    if count > 0, state.lacksWindows {
      return .refused(
        .failure(
          .blocked,
          "\(function.address) has no addresses for the windows of its virtual functions, and the "
            + "kernel would answer: Cannot allocate memory: switch on Above 4G Decoding and SR-IOV "
            + "in the firmware's setup, or boot with pci=realloc"))
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
        function.address, title: names.title(of: function) + ", driver \(driver)",
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
}
