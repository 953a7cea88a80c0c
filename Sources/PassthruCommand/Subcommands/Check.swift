// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost
internal import PassthruAnalysis
internal import PassthruReport

/// The subcommand `check`.
struct Check: SubcommandOptions {
  static let declaration = SubcommandDeclaration(
    "check", "Verdicts: what can be passed, and why not.", takes: "a function", need: .host,
    examples: [
      .init("check", "a page on all devices"),
      .init("check 0a:00.0", "can I pass this one? every reason, with its remedy"),
      .init("check --explain reset.none", "what a rule means and how it is decided"),
    ])
  static let options: [CommandOption<Self>] = [
    .value(
      "--explain", "RULE", "Say what a rule means and how it is decided.",
      completes: .words { Rule.all.map { $0.id } }
    ) { $0.explainedRule = $1 }
  ]
  static let arguments: [CommandArgument<Self>] = [
    .selectors("The functions, with all reasons; without, a page on all.")
  ]

  var common = CommonOptions()
  /// The rule to explain.
  var explainedRule: String?

  func work(on system: PlatformKind) -> Work {
    if let explainedRule { return .answer { self.explain(explainedRule) } }
    var reading = ReadingRequest(common, about: check)
    reading.configuration = common.judged
    return .reading(reading)
  }

  private func check(_ host: Machine, _ names: DeviceNames) throws(SelectorError) -> CommandResult {
    let consumer = common.consumer(of: host)
    let all = host.assessments(for: consumer, allowing: try common.allowedAddresses(in: host))
    let standard =
      common.showsAll ? Array(host.functions.indices) : ListReport.shownByDefault(host)
    let indices = try common.selection(in: host, fallback: standard)
    let areSettled = common.selectors.isEmpty ? [] : indices.map { all[$0].isSettled }
    let status = common.status(areSettled: areSettled)
    guard common.format == .text else {
      return .json(status: status) {
        CheckDocument(host, consumer, assessments: indices.map { all[$0] }).write(into: &$0)
      }
    }
    let report = CheckReport(host, names: names, assessments: all)
    guard common.selectors.isEmpty && !common.isVerbose else {
      return CommandResult(
        report.details(indices, style: common.style), messages: common.gapLines(host),
        status: status)
    }
    return CommandResult(
      report.page(
        indices, hidden: common.selectors.isEmpty ? host.functions.count - indices.count : 0,
        style: common.style), messages: common.gapLines(host), status: status)
  }

  /// A rule's text: what it means, how it is decided, who says so.
  private func explain(_ id: String) -> CommandResult {
    guard let rule = Rule.all.first(where: { $0.id == id }) else {
      let guess = Spelling.nearest(to: id, among: Rule.all.map { $0.id })
      return .failure(
        .usage,
        "there is no rule \(displayText(id.utf8)): "
          + (guess.map { "did you mean \($0)? " } ?? "") + "`passthru rules` lists them")
    }
    return CommandResult(RuleReport(rule).text(common.style))
  }
}
