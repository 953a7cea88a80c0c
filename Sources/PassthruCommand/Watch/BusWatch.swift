// SPDX-License-Identifier: Apache-2.0

internal import PCI
public import PCIHost
public import PCINames
internal import PassthruAnalysis
internal import PassthruReport

/// Tells events of the bus, and what each does to groups and verdicts.
public struct BusWatch: Sendable {
  /// What is compared from one moment to the next.
  private struct Standing: Hashable {
    var verdict: Verdict
    var group: Int?
    var reason: String
  }

  private let options: CommonOptions
  private let names: DeviceNames
  private var host: Machine
  private var standings: [FunctionAddress: Standing]

  /// Starts from the host as it is.
  public init(_ options: CommonOptions, host: Machine, names: NameDatabase?) {
    self.options = options
    self.names = DeviceNames(names)
    self.host = host
    standings = Self.standings(of: host, options)
  }

  private static func standings(
    of host: Machine, _ options: CommonOptions
  ) -> [FunctionAddress: Standing] {
    var standings: [FunctionAddress: Standing] = [:]
    let spelling = AddressSpelling(host)
    let all = host.assessments(for: options.consumer(of: host))
    for (function, assessment) in zip(host.functions, all) {
      let sentence = VerdictSentence(assessment, function: function, spelling: spelling).text
      standings[function.address] = Standing(
        verdict: assessment.verdict, group: function.iommuGroup, reason: sentence)
    }
    return standings
  }

  /// What a person or a program is told.
  ///
  /// - Parameters:
  ///   - events: What the kernel said, in order.
  ///   - host: The host as it is now.
  ///   - time: The time of day, for a person.
  ///   - isComplete: Whether the kernel said everything.
  public mutating func report(
    _ events: [DeviceEvent], host now: Machine, time: String, isComplete: Bool
  ) -> [UInt8] {
    let standings = Self.standings(of: now, options)
    var lines = EventLines(time: time, isText: options.format == .text)
    if !isComplete {
      lines.add(nil, "lost", "events were lost: the bus was read anew", .lost)
      // What was not told shows in the difference.
      let before = Set(self.standings.keys)
      for address in Set(standings.keys).subtracting(before).sorted() {
        tell(DeviceEvent(.add, address), now, standings, &lines)
      }
      for address in before.subtracting(standings.keys).sorted() {
        tell(DeviceEvent(.remove, address), now, standings, &lines)
      }
    }
    for event in events { tell(event, now, standings, &lines) }
    for address in standings.keys.sorted() {
      guard let old = self.standings[address], let new = standings[address] else { continue }
      if old.group != new.group {
        let text = { (group: Int?) in group.map { "group \($0)" } ?? "no group" }
        lines.add(
          address, "group", "\(text(old.group)) -> \(text(new.group))",
          .group(from: old.group, to: new.group))
      }
      if old.verdict != new.verdict {
        lines.add(
          address, "verdict", "\(old.verdict.rawValue) -> \(new.verdict.rawValue): \(new.reason)",
          .verdict(from: old.verdict, to: new.verdict, reason: new.reason))
      }
    }
    host = now
    self.standings = standings
    return lines.bytes
  }

  private func tell(
    _ event: DeviceEvent, _ now: Machine, _ standings: [FunctionAddress: Standing],
    _ lines: inout EventLines
  ) {
    let function = now.function(at: event.address) ?? host.function(at: event.address)
    let title = function.map { names.title(of: $0) }
    let standing = standings[event.address]
    var text = title ?? ""
    switch event.action {
    case .bind: text += ", driver " + (event.driver ?? function?.driver?.name ?? "unknown")
    case .unbind:
      text +=
        ", released by "
        + (event.driver ?? host.function(at: event.address)?.driver?.name ?? "its driver")
    case .change where event.recovery != nil: text += ", " + (event.recovery ?? "")
    case .change:
      if let state = function?.virtualFunctions { text += ", \(state.enabled) virtual functions" }
    case .add: text += standing.map { ", " + $0.verdict.rawValue + ": " + $0.reason } ?? ""
    case .remove: break
    }
    lines.add(
      event.address, event.action.rawValue, text, .event(event, function, standing?.verdict))
  }
}
