// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost
internal import PassthruAnalysis
internal import PassthruConfig
internal import PassthruReport

/// The subcommand `plan`.
struct PlanDevices: GuestSubcommand {
  static let declaration = SubcommandDeclaration(
    "plan", "What goes together, what to change where, what is renumbered, how to undo it.",
    takes: "a function", need: .host,
    examples: [
      .init("plan 0a:00.0 --guest web", "what goes with it, each step, how to undo it"),
      .init("plan em1 --guest pfsense --from gateway.pciconf", "the same for a FreeBSD host"),
    ])
  static let options: [CommandOption<Self>] =
    guestOptions + [
      .value(
        "--etc", "DIRECTORY",
        "Look for names that move in the rc.conf, pf.conf... of this copy of /etc or /boot.",
        isRepeating: true, completes: .directories
      ) { $0.places.append($1) }
    ]
  static let arguments: [CommandArgument<Self>] = [
    .selectors(count: 1...Int.max, "The functions to give to the guest.")
  ]

  var common = CommonOptions()
  var guest = GuestOptions()
  /// The directories whose files are searched for names that move.
  var places: [String] = []

  func work(on system: PlatformKind) -> Work {
    var reading = ReadingRequest(common) {
      (sources: ReadingRequest.Sources, _: ListRows.Maker) throws(SelectorError) in
      guard let host = sources.hosts.first else { return CommandResult("") }
      return try self.plan(host, DeviceNames(sources.names), sources.foundFiles)
    }
    reading.configuration = common.judged
    let isOwn = system == .freeBSD && common.from == nil && places.isEmpty
    for place in isOwn ? ["/etc", "/boot"] : places {
      reading.filesToFind += InputFile.namesThatHoldUnits.map { place + "/" + $0 }
    }
    return .reading(reading)
  }

  private func plan(
    _ host: Machine, _ names: DeviceNames, _ files: [InputFile]
  ) throws(SelectorError) -> CommandResult {
    let request: ConfigurationRequest
    do throws(ArgumentError) { request = try guest.request(on: host) } catch {
      return error.result
    }
    let indices = try host.select(all: common.selectors)
    let tables = HostTables(
      host: host, consumer: common.consumer(of: host),
      allowing: try common.allowedAddresses(in: host))
    var plan = tables.plan(
      for: indices.map { host.functions[$0].address }, guest: request.guest
    ).completed(for: request)
    for file in files {
      plan.references += references(to: plan.renumbered, in: file.bytes, path: file.path)
    }
    let status = common.status(areSettled: plan.assessments.map { $0.isSettled })
    guard common.format == .text else {
      return .json(status: status) { PlanDocument(plan, host: host).write(into: &$0) }
    }
    return CommandResult(
      PlanReport(plan, host: host, names: names).text(common.style), status: status)
  }
}
