// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost
internal import PassthruAnalysis
internal import PassthruReport

extension Invocation {
  func list(
    _ host: Host, _ names: DeviceNames, rows: ListRows.Maker
  ) throws(SelectorError) -> CommandResult {
    let all = Array(host.functions.indices)
    if format == .pciconf {
      let indices = try selection(in: host, fallback: all)
      return CommandResult(
        PciconfReport(host, names: names).text(indices), messages: gapLines(host))
    }
    let standard = showsAll ? all : ListReport.shownByDefault(host)
    let indices = try selection(in: host, fallback: standard)
    guard format == .text else {
      var json = JSONWriter(isIndented: true)
      let shown = selectors.isEmpty ? nil : indices
      HostWriter(host, detail: .inventory, names: names.write(into:_:)).write(shown, into: &json)
      return CommandResult(output: json.bytes)
    }
    let tables = HostTables(
      host: host, consumer: consumer(of: host), allowing: try allowedAddresses(in: host),
      isBrief: true)
    let report = ListReport(host, names: names) { Assessment(of: $0, in: tables, isBrief: true) }
    let parts = rows(indices.count) { report.rows(indices[$0]) }
    let text = report.text(
      parts, hidden: selectors.isEmpty ? all.count - indices.count : 0, style: style)
    // A list without selectors asks about no function in particular.
    let verdicts = selectors.isEmpty ? [] : parts.flatMap { $0.verdicts }
    return CommandResult(
      output: text, messages: gapLines(host), status: status(of: verdicts))
  }

  func tree(_ host: Host, _ names: DeviceNames) throws(SelectorError) -> CommandResult {
    let selected = selectors.isEmpty ? nil : Set(try host.select(all: selectors))
    guard format == .text else {
      var json = JSONWriter(isIndented: true)
      HostWriter(host, detail: .inventory, names: names.write(into:_:))
        .write(selected.map { $0.sorted() }, into: &json)
      return CommandResult(output: json.bytes)
    }
    return CommandResult(TreeReport(host, names: names).text(selected: selected, style: style))
  }

  func groups(_ host: Host, _ names: DeviceNames) throws(SelectorError) -> CommandResult {
    let selected = selectors.isEmpty ? nil : Set(try host.select(all: selectors))
    let prediction = GroupPrediction(host: host)
    if !whyPair.isEmpty {
      guard whyPair.count == 2 else {
        return .failure(.usage, "--why compares two functions: groups --why A B")
      }
      let pair = try whyPair.map { text throws(SelectorError) in
        let matches = try host.select(text)
        guard matches.count == 1 else {
          throw .ambiguous(text, candidates: matches.map { host.functions[$0].address })
        }
        return host.functions[matches[0]].address
      }
      return CommandResult(
        GroupsReport(host, names: names, prediction: prediction)
          .why(pair[0], pair[1], style: style))
    }
    guard format == .text else {
      var json = JSONWriter(isIndented: true)
      GroupsDocument(host, prediction: prediction).write(selected: selected, into: &json)
      return CommandResult(output: json.bytes)
    }
    return CommandResult(
      GroupsReport(host, names: names, prediction: prediction)
        .text(selected: selected, style: style))
  }

  func snapshot(_ host: Host) -> CommandResult {
    var json = JSONWriter(isIndented: true)
    let recorded = keepsSerialNumbers ? host : host.maskingSerialNumbers
    HostWriter(recorded, detail: .snapshot).write(into: &json)
    return CommandResult(output: json.bytes)
  }

  func difference(_ host: Host, _ other: Host, _ names: DeviceNames) -> CommandResult {
    let report = DifferenceReport(HostDifference(from: host, to: other), names: names)
    guard format == .text else {
      var json = JSONWriter(isIndented: true)
      report.write(into: &json)
      return CommandResult(output: json.bytes)
    }
    return CommandResult(report.text(style))
  }

  /// What could not be read, for standard error: a line for each reason.
  ///
  /// That an inventory holds no configuration space is as it should be, and
  /// said only with `-v`.
  func gapLines(_ host: Host) -> [String] {
    var counts: [String: Int] = [:]
    var order: [Gap] = []
    for gap in host.gaps where isVerbose || gap.fact != "configuration" {
      if counts[gap.reason] == nil { order.append(gap) }
      counts[gap.reason, default: 0] += 1
    }
    let shown = isVerbose ? order.count : 5
    var lines = order.prefix(shown).map { gap in
      var line = "passthru: not known: " + Self.place(of: gap) + gap.reason
      if let count = counts[gap.reason], count > 1 { line += " (\(count) times)" }
      if let remedy = gap.remedy { line += ": " + remedy }
      return line
    }
    if order.count > shown {
      lines.append("passthru: not known: \(order.count - shown) more things: -v shows all")
    }
    return lines
  }

  private static func place(of gap: Gap) -> String {
    switch gap.subject {
    case .host: ""
    case .function(let address): address.description + ": "
    case .line(let line): "line \(line): "
    }
  }
}
