// SPDX-License-Identifier: Apache-2.0

public import PCI
public import PCIHost

extension Machine {
  /// Judges every function: verdicts with their reasons.
  ///
  /// Each function gets every finding of every rule that applies to `consumer`.
  /// The cost grows with the number of functions, not with its square.
  ///
  /// - Parameters:
  ///   - consumer: The system that would hand functions over.
  ///   - allowing: The functions that may be taken from the host although it
  ///     needs them: their host-safety findings are risks and no blockers.
  /// - Returns: One assessment for each function, in the order of `functions`.
  public func assessments(
    for consumer: Consumer, allowing: Set<FunctionAddress> = []
  ) -> [Assessment] {
    let tables = HostTables(host: self, consumer: consumer, allowing: allowing)
    return functions.indices.map { Assessment(of: $0, in: tables) }
  }

  /// Judges one function; `nil` where the machine has none at the address.
  ///
  /// The tables of the whole machine are made for it: for many functions ask for
  /// `assessments(for:)`.
  public func assessment(
    of address: FunctionAddress, for consumer: Consumer, allowing: Set<FunctionAddress> = []
  ) -> Assessment? {
    let tables = HostTables(host: self, consumer: consumer, allowing: allowing)
    return tables.index.position(of: address).map { Assessment(of: $0, in: tables) }
  }
}

extension Assessment {
  /// Judges one function of a host whose tables are made.
  ///
  /// - Parameters:
  ///   - index: The function's position in `tables.host.functions`.
  ///   - tables: The tables of its host.
  ///   - isBrief: Whether the verdict and its first reason are enough. A blocker that
  ///     nothing removes then ends the search: `findings` lacks those of later rules,
  ///     and `together` is empty.
  public init(of index: Int, in tables: HostTables, isBrief: Bool = false) {
    let context = RuleContext(index: index, tables: tables)
    var findings: [Finding] = []
    findings.reserveCapacity(12)
    var isDecided = false
    for rule in tables.evaluations {
      let found = rule.evaluate(context)
      if found.isEmpty { continue }
      findings.append(contentsOf: found)
      isDecided = isBrief && found.contains { $0.severity == .blocker && $0.resolution == nil }
      if isDecided { break }
    }
    // A stable sort by weight: rules keep their order within a severity, and are
    // in its order but for a few.
    for place in findings.indices.dropFirst() {
      var place = place
      while place > 0, findings[place - 1].severity > findings[place].severity {
        findings.swapAt(place - 1, place)
        place -= 1
      }
    }
    self.init(
      address: tables.host.functions[index].address,
      verdict: Verdict(of: findings, isHandedOver: tables.isHandedOver(index)),
      together: isDecided ? [] : tables.companions(of: index),
      findings: findings)
  }
}

extension Verdict {
  /// Weighs findings into one verdict.
  ///
  /// A blocker that nothing removes outweighs a missing fact, and a missing
  /// fact outweighs a blocker that a change or company removes: the change
  /// alone would not be known to be enough. A missing fact of which it is known how
  /// to find it out, and that the owner can judge, is a condition and named as one.
  ///
  /// - Parameters:
  ///   - findings: What the rules found.
  ///   - isHandedOver: Whether the passthrough driver holds the function already.
  public init(of findings: [Finding], isHandedOver: Bool) {
    var isConditional = false
    var isUnknown = false
    for finding in findings {
      switch finding.severity {
      case .blocker:
        guard finding.resolution != nil else {
          self = .blocked
          return
        }
        isConditional = true
      case .unknown:
        if finding.resolution == .fact {
          isConditional = true
        } else if finding.isDecisive {
          isUnknown = true
        }
      case .risk, .advice: break
      }
    }
    self =
      if isUnknown { .unknown } else if isConditional { .conditional } else if isHandedOver {
        .ready
      } else {
        .eligible
      }
  }
}
