// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost
internal import PassthruReport

/// The subcommand `show`.
struct ShowFunctions: SubcommandOptions {
  static let declaration = SubcommandDeclaration(
    "show", "All of a function, or of every one, decoded.", need: .host,
    examples: [
      .init("show 0a:00.0", "registers, capabilities, windows, driver"),
      .init("show 0a:00.0 --field pcie.linkStatus.currentSpeed", "one field's meaning"),
    ])
  static let options: [CommandOption<Self>] = [
    .value(
      "--field", "NAME",
      "Print one field, by its dotted name: pcie.linkCapabilities.maxSpeed.",
      completes: .words { FieldReport.names }
    ) { $0.field = $1 },
    .flag("--raw", "Print the field's bits and not their meaning.") { $0.isRaw = true },
  ]
  static let arguments: [CommandArgument<Self>] = [
    .selectors("The functions; without, all of them.")
  ]

  var common = CommonOptions()
  /// The one field to print, by its dotted name.
  var field: String?
  /// Print a field's bits and not their meaning.
  var isRaw = false

  func work(on system: PlatformKind) -> Work {
    var reading = ReadingRequest(common, about: show)
    reading.configuration = common.selectedOrAll
    reading.readsNoGroups = true
    return .reading(reading)
  }

  private func show(_ host: Machine, _ names: DeviceNames) throws(SelectorError) -> CommandResult {
    let indices = try common.selection(in: host, fallback: Array(host.functions.indices))
    if let field { return show(field, of: indices, host) }
    guard common.format == .text else {
      return .json {
        MachineWriter(host, detail: .decoded, names: names.write(into:_:)).write(indices, into: &$0)
      }
    }
    let texts = indices.map { index in
      ShowReport(host.functions[index], of: host, names: names)
        .text(isVerbose: common.isVerbose, style: common.style)
    }
    // What is missing of the rest of the host is no concern here.
    var shown = host
    let addresses = Set(indices.map { host.functions[$0].address })
    shown.gaps = host.gaps.filter { gap in
      if case .function(let address) = gap.subject { return addresses.contains(address) }
      return gap.fact == "configuration"
    }
    return CommandResult(
      texts.joined(separator: "\n"), messages: common.gapLines(shown, saysUnread: true))
  }

  /// One field of each function; with several functions, the address leads.
  private func show(_ field: String, of indices: [Int], _ host: Machine) -> CommandResult {
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
