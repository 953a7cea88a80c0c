// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension RuleContext {
  /// What the host depends on and would lose with this function.
  ///
  /// Linux takes whole groups, so that what rests on another member counts too. With a
  /// bridge, and with an endpoint that holds a domain (Intel VMD), goes what is behind it.
  /// A finding is a blocker, and a risk where the function that is needed was
  /// allowed to go.
  func dependencies(
    _ kind: HostDependency.Kind, of rule: Rule, remedy: String
  ) -> [Finding] {
    if host.dependencies.isEmpty { return [] }
    let places: [Int]
    if isBridgeOrChipset {
      places = tables.survey.dependenciesBehind[index] ?? []
    } else if consumer == .vfio, let group = tables.groupSurvey(of: index) {
      places = group.dependencies
    } else {
      places = tables.survey.dependencies[index] ?? []
    }
    var findings: [Finding] = []
    for place in places where tables.survey.needs[place].kind == kind {
      // A few tell the story; a host can have hundreds of mounts on one disk. What
      // forbids it comes first.
      if findings.count == HostSurvey.shownLimit { break }
      let dependency = tables.survey.needs[place]
      let isOwn = dependency.function == function.address
      var evidence = Self.chain(dependency, spelling(dependency.function))
      if !isOwn {
        evidence += connection(to: dependency.function)
      }
      findings.append(protect(rule, dependency.function, evidence, remedy))
    }
    return findings
  }

  /// Why another function goes with this one.
  private func connection(to other: FunctionAddress) -> String {
    if isBridgeOrChipset { return ", which is behind it" }
    let physical = tables.index.position(of: other).flatMap { host.functions[$0].physicalFunction }
    return physical == function.address
      ? ", which is a virtual function of it" : ", which must go along"
  }

  /// Whether packets may leave through the function, or through what goes with it.
  ///
  /// A USB controller may where a network adapter is behind it, or what is behind it is
  /// not recorded.
  var mayCarryPackets: Bool {
    mayCarry(behindUSB: .network) { $0.baseClass == 0x02 || $0.baseClass == 0x0d }
  }

  /// Whether a disk may be behind the function, or behind what goes with it.
  var mayCarryDisks: Bool {
    mayCarry(behindUSB: .block) {
      $0.baseClass == 0x01 || $0.baseAndSubClass == 0x0c04 || $0.baseAndSubClass == 0x0805
    }
  }

  /// Whether the console may be shown by the function, or by what goes with it.
  ///
  /// A serial port may: class 07.
  var mayShowConsole: Bool { mayCarry { $0.baseClass == 0x03 || $0.baseClass == 0x07 } }

  /// Whether the keyboard may be behind the function, or behind what goes with it.
  var mayHaveKeyboard: Bool { mayCarry { $0.baseAndSubClass == 0x0c03 } }

  private func mayCarry(
    behindUSB kind: ChildDevice.Kind? = nil, _ isOfKind: (ClassCode) -> Bool
  ) -> Bool {
    guard !isBridgeOrChipset else { return false }
    let together = consumer == .vfio ? tables.groupSurvey(of: index)?.endpoints : nil
    return (together ?? [index]).contains { member in
      if tables.isHandedOver(member) { return false }
      guard let code = host.functions[member].classCode, !isOfKind(code) else { return true }
      guard let kind, code.baseAndSubClass == 0x0c03 else { return false }
      guard host.$childDevices.isRecorded else { return true }
      return tables.survey.children[member]?.contains { host.childDevices[$0].kind == kind }
        ?? false
    }
  }

  /// A finding where it is not known whether the host needs the function, for want of
  /// something that could not be followed.
  func notFollowed(
    _ gap: Gap, _ question: String, of rule: Rule, remedy: String
  ) -> Finding {
    let address = function.address.description
    let way = gap.remedy ?? ""
    // Said of every card that may carry it: put together in one piece.
    return rule.finding(
      tables.allowing.contains(function.address) ? .risk : .unknown,
      Self.text("not known whether ", question, ": ", gap.reason),
      remedy: Self.text(
        way, way.isEmpty ? "" : ", or ", remedy, "; or say --allow ", address, " for this one"))
  }

  private static func text(_ parts: String...) -> String {
    var text = ""
    text.reserveCapacity(parts.reduce(0) { $0 + $1.utf8.count })
    for part in parts { text += part }
    return text
  }

  /// A finding where the function, or a member of its group, is the only one of a kind.
  func onlyOne(
    of kind: HostSurvey.OnlyKind, _ words: String, of rule: Rule, remedy: String
  ) -> [Finding] {
    if isBridgeOrChipset { return [] }
    if tables.survey.isExcerpt {
      guard tables.survey.onlyOne(kind) == index, !isHandedOver else { return [] }
      return [
        rule.finding(
          tables.allowing.contains(function.address) ? .risk : .unknown,
          "if it is not \(words) of the host: other functions are not recorded",
          remedy: "look on the machine, or give the text of all functions", resolution: .fact)
      ]
    }
    if tables.survey.onlyOne(kind) == index {
      return [protect(rule, function.address, "it is \(words) of the host", remedy)]
    }
    guard consumer == .vfio,
      let other = tables.groupSurvey(of: index)?.onlyOnes.first(where: { $0.kind == kind })
    else { return [] }
    let address = host.functions[other.index].address
    return [
      protect(
        rule, address, "\(spelling(address)), which must go along, is \(words) of the host", remedy)
    ]
  }

  private func protect(
    _ rule: Rule, _ address: FunctionAddress, _ evidence: String, _ remedy: String
  ) -> Finding {
    // A function that the guest has already is lost to the host as it is.
    if let position = tables.index.position(of: address), tables.isHandedOver(position) {
      return rule.finding(.advice, evidence, remedy: remedy, related: [address])
    }
    if tables.allowing.contains(address) {
      return rule.finding(
        .risk, evidence + "; allowed to go", remedy: remedy, related: [address])
    }
    // A bridge cannot be handed over, whatever is allowed.
    let remedy = isBridgeOrChipset ? remedy : "\(remedy); or say --allow \(address) for this one"
    return rule.finding(.blocker, evidence, remedy: remedy, related: [address])
  }

  /// "/ is on vg0-root, on dm-0, on nvme0n1p3, on 0000:02:00.0".
  private static func chain(_ dependency: HostDependency, _ function: String) -> String {
    var text = dependency.subject
    for (place, step) in (dependency.chain + [function]).enumerated() {
      text += place == 0 ? " is on \(step)" : ", on \(step)"
    }
    return text
  }
}
