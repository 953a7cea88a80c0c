// SPDX-License-Identifier: Apache-2.0

public import PCI
public import PCIHost

extension Machine {
  /// Says what belongs with a selection of functions, and what passing it does.
  ///
  /// The plan holds the functions that must go, their assessments, the units that
  /// move, warnings and what is not known. Steps and their undoing carry
  /// configuration text and are filled in by who writes that.
  ///
  /// - Parameters:
  ///   - selected: The functions that are asked for.
  ///   - guest: The name of the guest.
  ///   - consumer: The system that hands the functions over.
  ///   - allowing: The functions that may go although the host needs them.
  /// - Throws: `PlanError` where the machine has no function at an address.
  public func plan(
    for selected: [FunctionAddress], guest: String, consumer: Consumer,
    allowing: Set<FunctionAddress> = []
  ) throws(PlanError) -> Plan {
    let tables = HostTables(host: self, consumer: consumer, allowing: allowing)
    for address in selected where tables.index.position(of: address) == nil {
      throw .noFunction(address)
    }
    return tables.plan(for: selected, guest: guest)
  }
}

extension HostTables {
  /// Says what belongs with a selection of functions of a host whose tables are made.
  ///
  /// - Parameters:
  ///   - selected: The functions that are asked for.
  ///   - guest: The name of the guest.
  public func plan(for selected: [FunctionAddress], guest: String) -> Plan {
    var plan = Plan(
      machine: host, consumer: consumer, guest: guest, selected: Set(selected).sorted())
    let all = closure(of: plan.selected)
    plan.devices = all.map { host.functions[$0].address }
    plan.assessments = all.map { Assessment(of: $0, in: self) }
    for address in plan.selected where index.position(of: address) == nil {
      plan.warnings.append("\(address) is not in this host")
    }
    if let units = units, consumer == .bhyve {
      let prediction = units.renumbering(handingOver: Set(plan.devices), host: host)
      plan.renumbered = prediction.moves
      plan.renumberingUnknown = prediction.reason
      plan.warnings.append(contentsOf: prediction.counters)
    }
    let chosen = Set(plan.devices)
    var unknowns = SharedSentences()
    var warnings = SharedSentences()
    for assessment in plan.assessments {
      for finding in assessment.findings {
        // What the plan takes along is no reason against it any more.
        if finding.resolution == .together, finding.related.allSatisfy(chosen.contains) { continue }
        if finding.id == Rule.groupSplitFunctions.id || finding.id == Rule.groupNotIsolated.id,
          !finding.related.isEmpty, finding.related.allSatisfy(chosen.contains)
        {
          continue
        }
        // Renumbering is a list of its own; the driver's removal is a step.
        if finding.id == Rule.unitRenumber.id || finding.id == Rule.driverInUse.id,
          finding.severity != .risk || finding.id == Rule.unitRenumber.id
        {
          continue
        }
        switch finding.severity {
        case .unknown: unknowns.add(finding, of: assessment.address, consumer)
        case .blocker, .risk: warnings.add(finding, of: assessment.address, consumer)
        case .advice: break
        }
      }
    }
    plan.unknowns += unknowns.texts
    plan.warnings += warnings.texts
    return plan
  }
}

extension HostTables {
  /// The positions of some functions and of all that must go with them, in address order.
  func closure(of selected: [FunctionAddress]) -> [Int] {
    var chosen = Set<Int>()
    for address in selected {
      guard let index = index.position(of: address) else { continue }
      chosen.insert(index)
      for companion in companions(of: index) {
        if let other = self.index.position(of: companion) { chosen.insert(other) }
      }
    }
    return chosen.sorted { host.functions[$0].address < host.functions[$1].address }
  }
}
