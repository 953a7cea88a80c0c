// SPDX-License-Identifier: Apache-2.0

public import PCI
public import PCIHost
public import PassthruAnalysis

/// IOMMU groups: reported, predicted, and why.
public struct GroupsReport: Sendable {
  private let host: Machine
  private let names: DeviceNames
  private let prediction: GroupPrediction
  private let spelling: AddressSpelling

  /// Prepares the groups.
  public init(_ host: Machine, names: DeviceNames, prediction: GroupPrediction) {
    self.host = host
    self.names = names
    self.prediction = prediction
    spelling = AddressSpelling(host)
  }

  /// The groups with a member among `selected`, or all.
  ///
  /// Where the kernel reports groups they are the answer, by number, and the
  /// prediction explains them. Where it reports none the prediction is shown.
  public func text(selected: Set<Int>?, style: TextStyle) -> String {
    let reported = GroupsByNumber(host)
    var lines: [String] = []
    if reported.isEmpty {
      lines.append(contentsOf: predictedHeading(style))
      let positions = AddressIndex(host.functions)
      for (number, group) in prediction.groups.enumerated() {
        let members = group.members.compactMap { positions.position(of: $0) }
        if let selected, !members.contains(where: { selected.contains($0) }) { continue }
        let mark = group.isInferred ? " (inferred)" : ""
        lines.append(style.colored("set \(number + 1)", .strong) + mark)
        lines.append(contentsOf: rows(members, style))
        lines.append(contentsOf: reasons(group, style))
      }
    } else {
      for number in reported.numbers {
        let members = reported.members(of: number)
        if let selected, !members.contains(where: { selected.contains($0) }) { continue }
        lines.append(style.colored("group \(number)", .strong))
        lines.append(contentsOf: rows(members, style))
        lines.append(contentsOf: reasons(of: members, style))
      }
    }
    lines.append(contentsOf: ungrouped(selected, reported, style))
    if selected == nil { lines.append(contentsOf: closing(style)) }
    return lines.joined(separator: "\n") + "\n"
  }

  private func rows(_ members: [Int], _ style: TextStyle) -> [String] {
    var table = TextTable(flexible: 4)
    for index in members {
      let function = host.functions[index]
      table.append([
        .init(" "), .init(spelling.short(function.address)),
        .init(function.driver?.description ?? "-"), .init(function.classCode?.shortKind ?? "?"),
        .init(names.title(of: function)),
      ])
    }
    return table.lines(style)
  }

  /// Why a reported group holds what it holds, where the prediction agrees.
  private func reasons(of members: [Int], _ style: TextStyle) -> [String] {
    guard members.count > 1, let first = members.first,
      let group = prediction.groupOf[first].map({ prediction.groups[$0] })
    else { return [] }
    let reported = Set(members.map { host.functions[$0].address })
    guard reported == Set(group.members) else {
      return [
        "    " + style.colored("why: not explained: the prediction differs", .faint)
      ]
    }
    return reasons(group, style)
  }

  private func reasons(_ group: IsolationGroup, _ style: TextStyle) -> [String] {
    var lines: [String] = []
    for reason in group.reasons {
      let text = "why: " + spelling.sentence(reason.text)
      for (position, line) in text.wrapped(max(40, style.width - 9)).enumerated() {
        lines.append((position == 0 ? "    " : "         ") + line)
      }
    }
    for fact in group.missingFacts.prefix(3) {
      for line in ("not known: " + spelling.sentence(fact)).wrapped(max(40, style.width - 4)) {
        lines.append("    " + style.colored(line, .faint))
      }
    }
    if group.missingFacts.count > 3 {
      lines.append(
        "    " + style.colored("not known: \(group.missingFacts.count - 3) more facts", .faint))
    }
    return lines
  }

  private func predictedHeading(_ style: TextStyle) -> [String] {
    var lines: [String] = []
    let isFreeBSD = host.system.family == .freebsd || host.system.family == .dragonfly
    if let reason = prediction.notPredicted {
      lines.append("The kernel reports no IOMMU groups, and none are predicted: " + reason + ".")
      return lines
    }
    let heading =
      isFreeBSD
      ? "FreeBSD has no IOMMU groups and checks nothing of the kind. These are the sets of "
        + "functions that can reach each other's memory past the IOMMU, as Linux would group them:"
      : "The kernel reports no IOMMU groups. " + IOMMUSentence(host).text
        + " With it on, Linux would form these:"
    lines.append(contentsOf: heading.wrapped(style.width))
    return lines
  }

  private func ungrouped(
    _ selected: Set<Int>?, _ reported: GroupsByNumber, _ style: TextStyle
  ) -> [String] {
    let left: [Int]
    if reported.isEmpty {
      let positions = AddressIndex(host.functions)
      left = prediction.ungrouped.compactMap { positions.position(of: $0.address) }
    } else {
      left = reported.ungrouped
    }
    let shown = left.filter { selected?.contains($0) ?? true }
    guard !shown.isEmpty else { return [] }
    var lines = [style.colored("no group", .strong) + ": these cannot be passed as they are"]
    lines.append(contentsOf: rows(shown, style))
    for index in shown {
      let address = host.functions[index].address
      guard let reason = prediction.ungrouped.first(where: { $0.address == address })?.reason
      else { continue }
      lines.append("    " + spelling.short(address) + ": " + spelling.sentence(reason))
    }
    return lines
  }

  private func closing(_ style: TextStyle) -> [String] {
    var sentences = prediction.notes
    if let agreement = prediction.agreement {
      var text =
        "Predicted like the kernel: \(agreement.same) of \(agreement.functions) functions"
      if agreement.unknown > 0 { text += "; a fact is missing for \(agreement.unknown)" }
      sentences.append(text + ".")
    }
    let free = prediction.isolatedSlots.filter { !$0.isOccupied }
    if !free.isEmpty {
      sentences.append(
        "Empty slots where a card would be alone: under "
          + free.map { slot in
            spelling.short(slot.port) + (slot.name.map { " (slot " + $0 + ")" } ?? "")
          }.joined(separator: ", ") + ".")
    }
    guard !sentences.isEmpty else { return [] }
    var lines = [""]
    for sentence in sentences {
      lines.append(contentsOf: spelling.sentence(sentence).wrapped(style.width))
    }
    return lines
  }

  /// What a hop does that joins two functions.
  private static func mark(_ kind: GroupReason.Kind) -> String {
    switch kind {
    case .path: "everything below is one group"
    case .bridge: "everything below has one requester id"
    case .identity: "what is in its domain has its requester id"
    case .alias: "it shares requester ids with neighbours"
    case .functions: "one group with other functions of its device"
    }
  }

  /// Why two functions are in one group, or are not: the hops from the root.
  public func why(_ first: FunctionAddress, _ second: FunctionAddress, style: TextStyle) -> String {
    guard let answer = prediction.why(first, second, host: host) else {
      return (prediction.notPredicted ?? "nothing is known of their groups") + "\n"
    }
    var lines = (spelling.sentence(answer.summary) + (answer.hops.isEmpty ? "." : ":"))
      .wrapped(style.width)
    lines.append("")
    for hop in answer.hops {
      let margin = String(repeating: " ", count: 2 + 3 * min(hop.depth, 20))
      var line = margin + (hop.depth == 0 ? "" : "└─ ") + spelling.short(hop.address)
      if !hop.text.isEmpty { line += "  " + spelling.sentence(hop.text) }
      if let kind = hop.joins { line += "   <- " + Self.mark(kind) }
      lines.append(hop.joins == nil ? line : style.colored(line, .caution))
    }
    if !answer.reasons.isEmpty { lines.append("") }
    for reason in answer.reasons {
      lines.append(contentsOf: (spelling.sentence(reason.text) + ".").wrapped(style.width))
    }
    if let remedy = answer.remedy {
      lines.append(
        contentsOf: ("What would part them: " + spelling.sentence(remedy) + ".")
          .wrapped(style.width))
    }
    for fact in answer.missingFacts {
      lines.append(contentsOf: ("Not known: " + spelling.sentence(fact) + ".").wrapped(style.width))
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
