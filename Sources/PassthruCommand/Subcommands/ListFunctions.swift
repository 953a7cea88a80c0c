// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost
internal import PassthruAnalysis
internal import PassthruReport

/// The subcommand `list`.
struct ListFunctions: SubcommandOptions {
  static let declaration = SubcommandDeclaration(
    "list", "One line per function: address, driver, class, name, group, verdict.",
    takes: "a function", need: .host,
    examples: [
      .init("", "what is on this bus, and what can be passed"),
      .init("list -a", "with bridges and chipset functions"),
      .init("list class:network", "network cards only"),
      .init("list --from host.pciconf", "the same of a recording"),
    ])
  static let arguments: [CommandArgument<Self>] = [
    .selectors("The functions; without, all but bridges and chipset.")
  ]

  var common = CommonOptions()

  func work(on system: PlatformKind) -> Work {
    var reading = ReadingRequest(common) {
      (sources: ReadingRequest.Sources, rows: ListRows.Maker) throws(SelectorError) in
      guard let host = sources.hosts.first else { return CommandResult("") }
      return try self.list(host, DeviceNames(sources.names), rows: rows)
    }
    // A list for a person shows the least.
    if common.format == .text {
      reading.depth = .verdicts
      if common.selectors.isEmpty, !common.showsAll {
        reading.naming = .of { ListReport.shownByDefault($0) }
      }
    }
    // pciconf -c prints the capabilities of all that it lists.
    if common.format == .pciconf { reading.configuration = common.selectedOrAll }
    return .reading(reading)
  }

  func list(
    _ host: Machine, _ names: DeviceNames, rows: ListRows.Maker
  ) throws(SelectorError) -> CommandResult {
    let all = Array(host.functions.indices)
    if common.format == .pciconf {
      let indices = try common.selection(in: host, fallback: all)
      return CommandResult(
        PciconfReport(host, names: names).text(indices), messages: common.gapLines(host))
    }
    let standard = common.showsAll ? all : ListReport.shownByDefault(host)
    var indices = try common.selection(in: host, fallback: standard)
    guard common.format == .text else {
      let shown = common.selectors.isEmpty ? nil : indices
      return .json {
        MachineWriter(host, detail: .inventory, names: names.write(into:_:)).write(shown, into: &$0)
      }
    }
    if common.selectors.isEmpty {
      // The kernel lists last what a rescan found.
      indices.sort { host.functions[$0].address < host.functions[$1].address }
    }
    let tables = HostTables(
      host: host, consumer: common.consumer(of: host),
      allowing: try common.allowedAddresses(in: host), isBrief: true)
    let report = ListReport(host, names: names) { Assessment(of: $0, in: tables, isBrief: true) }
    let shown = indices
    let parts = rows(indices.count) { report.rows(shown[$0]) }
    let text = report.text(
      parts, hidden: common.selectors.isEmpty ? all.count - indices.count : 0,
      style: common.style)
    // A list without selectors asks about no function in particular.
    let areSettled = common.selectors.isEmpty ? [] : parts.flatMap { $0.areSettled }
    return CommandResult(
      output: text, messages: common.gapLines(host), status: common.status(areSettled: areSettled))
  }
}
