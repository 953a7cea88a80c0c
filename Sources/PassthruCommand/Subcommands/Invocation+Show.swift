// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost
internal import PassthruReport

extension Invocation {
  func show(_ host: Host, _ names: DeviceNames) throws(SelectorError) -> CommandResult {
    guard !selectors.isEmpty else {
      return .failure(.usage, "show needs a function: passthru show 0a:00.0")
    }
    let indices = try host.select(all: selectors)
    if let field { return show(field, of: indices, host) }
    guard format == .text else {
      var json = JSONWriter(isIndented: true)
      HostWriter(host, detail: .decoded, names: names.write(into:_:)).write(indices, into: &json)
      return CommandResult(output: json.bytes)
    }
    let texts = indices.map { index in
      ShowReport(host.functions[index], of: host, names: names)
        .text(isVerbose: isVerbose, style: style)
    }
    // What is missing of the rest of the host is no concern here.
    var shown = host
    let addresses = Set(indices.map { host.functions[$0].address })
    shown.gaps = host.gaps.filter { gap in
      if case .function(let address) = gap.subject { addresses.contains(address) } else { false }
    }
    return CommandResult(texts.joined(separator: "\n"), messages: gapLines(shown))
  }

  /// One field of each function; with several functions, the address leads.
  private func show(_ field: String, of indices: [Int], _ host: Host) -> CommandResult {
    var text = ""
    var messages: [String] = []
    var isMisnamed = false
    let spelling = AddressSpelling(host)
    for index in indices {
      let function = host.functions[index]
      let lead = indices.count > 1 ? spelling.short(function.address) + " " : ""
      do throws(FieldReport.Failure) {
        let lines = try FieldReport(field, of: function).text(isRaw: isRaw)
        for line in lines.split(separator: "\n") { text += lead + String(line) + "\n" }
      } catch {
        if case .unknownName = error { isMisnamed = true }
        messages.append("passthru: " + lead + error.message)
      }
    }
    let status: ExitStatus = isMisnamed ? .usage : text.isEmpty ? .blocked : .done
    return CommandResult(text, messages: messages, status: status)
  }
}
