// SPDX-License-Identifier: Apache-2.0

public import PCI
internal import PCIHost
public import PassthruAnalysis

extension Plan {
  /// The request that a target may be asked, with what speaks against it and what is not
  /// known as remarks: the one way from a plan to any consumer's text.
  ///
  /// - Parameters:
  ///   - target: The consumer.
  ///   - choices: Slot, ROM, release and version; devices, guest and renumbering are the plan's.
  ///   - takesGroup: Take along what must go together.
  ///   - allowing: Functions that are written although they are blocked, or stay behind
  ///     although they must go along. The text says so.
  /// - Throws: `ConfigurationRefusal` where something must go along and is not asked for, or
  ///   cannot go.
  public func request(
    for target: Target, choices: ConfigurationRequest? = nil, takesGroup: Bool = false,
    allowing: Set<FunctionAddress> = []
  ) throws(ConfigurationRefusal) -> ConfigurationRequest {
    // A configuration for FreeBSD is judged as bhyve would, on whatever host it is written.
    let plan = judged(for: target, allowing: allowing)
    let variants = machine.linux?.passthroughModules ?? []
    // Linux hands over whole groups: no guest starts with half of one, unless the other half
    // is with the passthrough driver already.
    let missing = plan.devices.filter { address in
      !plan.selected.contains(address)
        && !plan.consumer.owns(
          driver: machine.function(at: address)?.driver?.name, variants: variants)
    }
    if !takesGroup {
      let refused = missing.filter { !allowing.contains($0) }
      if !refused.isEmpty { throw .incomplete(refused) }
    }
    var request = choices ?? ConfigurationRequest(host: machine, devices: [], guest: guest)
    request.devices = takesGroup ? plan.devices : plan.selected
    request.guest = guest
    request.renumbered = plan.renumbered
    let judged = plan.assessments.filter { request.devices.contains($0.address) }
    let blocked = judged.filter { $0.verdict == .blocked }
    let refused = blocked.filter { !allowing.contains($0.address) }
    if !refused.isEmpty { throw .blocked(refused) }
    request.remarks += blocked.map { ConfigurationRefusal.blocked([$0]).description }
    if !missing.isEmpty && !takesGroup {
      request.remarks.append(
        "this is without " + ConfigurationRefusal.listed(missing, for: plan.consumer)
          + ", which must go along: the guest does not start before the host's drivers have "
          + "released them")
    }
    request.unknowns = Self.unknowns(of: judged, for: plan.consumer)
    if let reason = plan.renumberingUnknown {
      request.unknowns.append("not known which units move at the next boot: " + reason)
    }
    request.remarks += request.unknowns
    return request
  }

  /// The text of one consumer's configuration.
  ///
  /// What is blocked does not come out unless it is allowed by name; what must go along comes
  /// along or is refused; what is not known is said in the text, with the names that move.
  ///
  /// - Throws: `ConfigurationRefusal`: what must go along, what is blocked, or what the
  ///   consumer cannot express.
  public func configuration(
    for target: Target, choices: ConfigurationRequest? = nil, takesGroup: Bool = false,
    allowing: Set<FunctionAddress> = []
  ) throws(ConfigurationRefusal) -> ConfigurationDocument {
    let request = try request(
      for: target, choices: choices, takesGroup: takesGroup, allowing: allowing)
    do throws(ConfigurationError) { return try target.emit(request) } catch {
      throw .target(error)
    }
  }

  /// The plan as the target's own system judges it.
  private func judged(for target: Target, allowing: Set<FunctionAddress>) -> Plan {
    let consumer = target.platform == .other ? consumer : target.consumer(on: machine)
    if consumer == self.consumer, allowing.isEmpty { return self }
    let tables = HostTables(host: machine, consumer: consumer, allowing: allowing)
    return tables.plan(for: selected, guest: guest)
  }

  /// What verdicts rest on and is not recorded, each said once with the functions it is of.
  private static func unknowns(
    of assessments: [Assessment], for consumer: Consumer
  ) -> [String] {
    var order: [String] = []
    var functions: [String: [FunctionAddress]] = [:]
    for assessment in assessments {
      for finding in assessment.findings
      where finding.severity == .unknown && (finding.isDecisive || finding.resolution == .fact) {
        if functions[finding.evidence] == nil { order.append(finding.evidence) }
        functions[finding.evidence, default: []].append(assessment.address)
      }
    }
    return order.map { evidence in
      let list = ConfigurationRefusal.listed(functions[evidence] ?? [], for: consumer)
      return evidence.hasPrefix("if ")
        ? "right for \(list) only " + evidence : list + ": " + evidence
    }
  }
}
