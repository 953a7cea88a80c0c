// SPDX-License-Identifier: Apache-2.0

internal import PCI
public import PCIHost
public import PassthruAnalysis

/// Verdicts with their findings: the answer, what goes with it, why, what to do.
public struct CheckReport: Sendable {
  private let host: Machine
  private let names: DeviceNames
  private let assessments: [Assessment]
  private let spelling: AddressSpelling

  /// Prepares the report; `assessments` are those of all functions, in host order.
  public init(_ host: Machine, names: DeviceNames, assessments: [Assessment]) {
    self.host = host
    self.names = names
    self.assessments = assessments
    spelling = AddressSpelling(host)
  }

  /// The full account of each of these functions.
  public func details(_ indices: [Int], style: TextStyle) -> String {
    indices.map { details(of: $0, style) }.joined(separator: "\n")
  }

  private func details(of index: Int, _ style: TextStyle) -> String {
    let function = host.functions[index]
    let assessment = assessments[index]
    var lines: [String] = []
    var title =
      spelling.short(function.address) + "  " + names.title(of: function) + " "
      + function.vendorDevice
    title += function.driver.map { ", driver " + $0.description } ?? ", no driver"
    lines.append(style.colored(title, .strong))
    lines.append(
      style.colored(assessment.verdict.rawValue, assessment.verdict.role) + ": "
        + spelling.sentence(
          VerdictSentence(assessment, function: function, spelling: spelling).text))
    if !assessment.findings.isEmpty { lines.append("") }
    for finding in assessment.findings { lines.append(contentsOf: text(of: finding, style)) }
    return lines.joined(separator: "\n") + "\n"
  }

  private func text(of finding: Finding, _ style: TextStyle) -> [String] {
    let label = Self.label(of: finding)
    let margin = "               "
    let room = max(30, style.width - 17)
    var lines: [String] = []
    let body = (finding.id + ": " + spelling.sentence(finding.evidence)).wrapped(room)
    for (position, line) in body.enumerated() {
      let head = position == 0 ? label.text.fitted(15) : margin
      lines.append("  " + (position == 0 ? style.colored(head, label.role) : head) + line)
    }
    if !finding.remedy.isEmpty {
      for line in ("-> " + spelling.remedy(finding.remedy)).wrapped(room) {
        lines.append("  " + margin + line)
      }
    }
    lines.append("  " + margin + style.colored("[" + finding.source + "]", .faint))
    return lines
  }

  private static func label(of finding: Finding) -> (text: String, role: TextStyle.Role) {
    switch finding.severity {
    case .blocker:
      switch finding.resolution {
      case .some(.together): ("goes together", .caution)
      case .some(.change), .some(.fact): ("first", .caution)
      case .none: ("blocker", .bad)
      }
    case .risk: ("risk", .caution)
    case .advice: ("advice", .faint)
    case .unknown: ("not known", .faint)
    }
  }

  /// The page without selectors: the good news first, one reason each.
  public func page(_ indices: [Int], hidden: Int, style: TextStyle) -> String {
    var lines = ConditionSentence(host).text.map { $0.wrapped(style.width) } ?? []
    let sections: [(Verdict, String)] = [
      (.ready, "Ready: bound for a guest already"),
      (.eligible, "Eligible: these can go as they are"),
      (.conditional, "Conditional: these can go together with others, or after a change"),
      (.unknown, "Unknown: a fact is missing"),
      (.blocked, "Blocked"),
    ]
    for (verdict, heading) in sections {
      let members = indices.filter { assessments[$0].verdict == verdict }
      guard !members.isEmpty else { continue }
      if !lines.isEmpty { lines.append("") }
      lines.append(style.colored(heading, verdict.role))
      var table = TextTable(flexible: 3)
      for index in members {
        let function = host.functions[index]
        table.append([
          .init(" "), .init(spelling.short(function.address)),
          .init(function.driver?.description ?? "-"), .init(names.title(of: function)),
          .init(VerdictReason(assessments[index], spelling: spelling).text),
        ])
      }
      lines.append(contentsOf: table.lines(style))
    }
    if lines.isEmpty { lines.append("There is no device here that could be passed.") }
    lines.append("")
    lines.append(IOMMUSentence(host).text)
    if hidden > 0 {
      lines.append("\(hidden) bridges and chipset functions are not shown: -a.")
    }
    lines.append("All reasons for one: passthru check ADDRESS")
    return lines.joined(separator: "\n") + "\n"
  }
}
