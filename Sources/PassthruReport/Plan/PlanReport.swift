// SPDX-License-Identifier: Apache-2.0

internal import PCI
public import PCIHost
public import PassthruAnalysis

/// A plan in words: what it is about, what to know, the steps, the way back.
public struct PlanReport: Sendable {
  private let host: Machine
  private let names: DeviceNames
  private let plan: Plan
  private let spelling: AddressSpelling

  /// Prepares the report.
  public init(_ plan: Plan, host: Machine, names: DeviceNames) {
    self.plan = plan
    self.host = host
    self.names = names
    spelling = AddressSpelling(host)
  }

  /// The whole plan.
  public func text(_ style: TextStyle) -> String {
    var lines: [String] = []
    for address in plan.devices { lines.append(contentsOf: headline(address, style)) }
    lines.append(contentsOf: before(style))
    for (number, step) in plan.steps.enumerated() {
      lines.append(contentsOf: text(of: step, mark: "\(number + 1)", style))
    }
    if !plan.undo.isEmpty {
      lines.append("")
      lines.append(style.colored("To undo", .strong))
      for step in plan.undo { lines.append(contentsOf: text(of: step, mark: "-", style)) }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func headline(_ address: FunctionAddress, _ style: TextStyle) -> [String] {
    guard let function = host.function(at: address) else { return [] }
    var text = ""
    if let driver = function.driver, driver.unit != nil { text = driver.description + " = " }
    text += spelling.short(address) + ", " + names.title(of: function) + " "
    text += function.vendorDevice
    if let ordinal = ordinal(of: function) { text += ", " + ordinal }
    if !plan.selected.contains(address) { text += "  (goes with it)" }
    var lines = text.wrapped(style.width)
    if let assessment = plan.assessments.first(where: { $0.address == address }) {
      let sentence = spelling.sentence(
        VerdictSentence(assessment, function: function, spelling: spelling).text)
      lines.append(
        "  " + style.colored(assessment.verdict.rawValue, assessment.verdict.role) + ": "
          + sentence)
    }
    return lines
  }

  /// `function 1 of 4 of this card: 0 is em0, ...` for a multi-function device.
  private func ordinal(of function: Function) -> String? {
    if function.isKnownVirtual { return nil }
    let siblings = host.functions.filter {
      $0.address.isInSameSlot(as: function.address) && !$0.isKnownVirtual
    }.sorted { $0.address < $1.address }
    guard siblings.count > 1 else { return nil }
    let others = siblings.filter { $0.address != function.address }.map {
      $0.driver?.description ?? spelling.short($0.address)
    }
    return "function \(function.address.function) of a card with \(siblings.count) (the other"
      + (others.count == 1 ? " is " : "s are ") + others.joined(separator: ", ") + ")"
  }

  private var hasHints: Bool {
    plan.steps.contains { $0.lines.contains { $0.hasPrefix("hint.") } }
  }

  private func before(_ style: TextStyle) -> [String] {
    var notes: [(mark: String, text: String, isRenumbering: Bool)] = []
    if !plan.renumbered.isEmpty {
      notes.append(("!", RenumberingSentence(plan.renumbered, hasHints: hasHints).text, true))
    }
    if let unknown = plan.renumberingUnknown {
      notes.append(("?", "Which units move cannot be predicted: " + unknown, false))
    }
    notes.append(contentsOf: plan.warnings.map { ("!", spelling.sentence($0), false) })
    notes.append(contentsOf: plan.unknowns.map { ("?", spelling.sentence($0), false) })
    guard !notes.isEmpty else { return [""] }
    var lines = ["", style.colored("Before you start", .strong)]
    for note in notes {
      for (position, line) in note.text.wrapped(max(40, style.width - 4)).enumerated() {
        lines.append((position == 0 ? "  " + note.mark + " " : "    ") + line)
      }
      // The lines to edit stand below the sentence on what moves.
      guard note.isRenumbering else { continue }
      for reference in plan.references {
        lines.append(
          ("      " + reference.path + ":\(reference.line)  " + reference.text).cut(style.width))
      }
    }
    lines.append("")
    return lines
  }

  private func text(of step: Plan.Step, mark: String, _ style: TextStyle) -> [String] {
    var lines: [String] = []
    var head = step.action
    if let place = step.place { head += head.isEmpty ? place : "  [" + place + "]" }
    for (position, line) in head.wrapped(max(40, style.width - 3)).enumerated() {
      lines.append(position == 0 ? mark.fitted(3) + line : "   " + line)
    }
    lines.append(contentsOf: body(step.lines, step.notes, indent: 5, style))
    // What holds for several ways is said with the first.
    var said: [String] = []
    for way in step.alternatives {
      var head = "     " + style.colored(way.tool, .strong)
      if let place = way.place { head += "  [" + place + "]" }
      lines.append(head)
      let news = way.notes.filter { !said.contains($0) }
      lines.append(contentsOf: body(way.lines, news, indent: 9, style))
      said.append(contentsOf: news)
    }
    return lines
  }

  /// Lines to copy, which are never cut or wrapped, and notes, which are.
  private func body(
    _ copied: [String], _ notes: [String], indent: Int, _ style: TextStyle
  ) -> [String] {
    let margin = String(repeating: " ", count: indent)
    var lines = copied.map { (margin + $0).trimmedEnd }
    for note in notes {
      for (position, line) in note.wrapped(max(40, style.width - indent - 2)).enumerated() {
        lines.append(
          margin + style.colored((position == 0 ? "(" : " ") + line, .faint))
      }
      lines[lines.count - 1] += style.colored(")", .faint)
    }
    return lines
  }
}
