// SPDX-License-Identifier: Apache-2.0

import PCI
import PCIHost

/// One thing that is taken out of a recorded host.
public enum Deletion: Hashable, Sendable {
  /// A row of the table of a function's facts, of the function at a position.
  case functionFact(row: Int, function: Int)
  /// A row of the table of a host's facts.
  case hostFact(row: Int)
  /// One of the things that the host depends on, lost as a scan loses it: with a gap.
  case dependency(place: Int)

  /// Everything that can be taken out of a host.
  public static func all(of host: Machine) -> [Deletion] {
    var all: [Deletion] = []
    for (row, fact) in Function.facts.enumerated() where fact.absence != .impossible {
      for index in host.functions.indices where fact.isRecorded(in: host.functions[index]) {
        all.append(.functionFact(row: row, function: index))
      }
    }
    for (row, fact) in Machine.facts.leaves.enumerated()
    where fact.absence != .impossible && fact.name != "gaps" && fact.isRecorded(in: host) {
      all.append(.hostFact(row: row))
    }
    all += host.dependencies.indices.map { .dependency(place: $0) }
    return all
  }

  /// The host without it.
  public func applied(to host: Machine) -> Machine {
    var host = host
    switch self {
    case .functionFact(let row, let index):
      Function.facts[row].delete(from: &host.functions[index])
    case .hostFact(let row):
      Machine.facts.leaves[row].delete(from: &host)
    case .dependency(let place):
      let lost = host.dependencies.remove(at: place)
      for fact in lost.kind.gapFacts {
        host.gaps.append(
          Gap(.host, fact, reason: lost.subject + ": what is below it is not recorded"))
      }
    }
    return host
  }

  /// The name of what is taken out.
  public func name(in host: Machine) -> String {
    switch self {
    case .functionFact(let row, let index):
      "\(host.functions[index].address) \(Function.facts[row].name)"
    case .hostFact(let row): Machine.facts.leaves[row].name
    case .dependency(let place):
      "\(host.dependencies[place].kind) \(host.dependencies[place].subject)"
    }
  }

  /// The words by which a finding can name what is missing.
  public func words(in host: Machine) -> String {
    switch self {
    case .functionFact(let row, _): Function.facts[row].name
    case .hostFact(let row): Machine.facts.leaves[row].name
    case .dependency: "not known"
    }
  }
}

extension HostDependency.Kind {
  /// The gaps that a scan notes where it cannot follow such a thing.
  fileprivate var gapFacts: [String] {
    switch self {
    case .fileSystem, .swap: [HostDependency.storageFact, HostDependency.networkStorageFact]
    case .defaultRoute: [HostDependency.routeFact]
    case .session: [HostDependency.sessionFact]
    case .console: [HostDependency.consoleFact]
    case .keyboard: [HostDependency.keyboardFact]
    case .network: [HostDependency.networkFact]
    case .program: [HostDependency.programFact]
    }
  }
}
