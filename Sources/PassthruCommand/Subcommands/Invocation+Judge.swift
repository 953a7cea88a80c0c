// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost
internal import PassthruAnalysis
internal import PassthruConfig
internal import PassthruReport

extension Invocation {
  func check(_ host: Host, _ names: DeviceNames) throws(SelectorError) -> CommandResult {
    if let explainedRule { return Self.explain(explainedRule, style) }
    let consumer = consumer(of: host)
    let all = assessments(of: host, for: consumer, allowing: try allowedAddresses(in: host))
    let standard =
      showsAll ? Array(host.functions.indices) : ListReport.shownByDefault(host)
    let indices = try selection(in: host, fallback: standard)
    let verdicts = selectors.isEmpty ? [] : indices.map { all[$0].verdict }
    let status = status(of: verdicts)
    guard format == .text else {
      var json = JSONWriter(isIndented: true)
      CheckDocument(consumer, assessments: indices.map { all[$0] }).write(into: &json)
      return CommandResult(output: json.bytes, status: status)
    }
    let report = CheckReport(host, names: names, assessments: all)
    guard selectors.isEmpty && !isVerbose else {
      return CommandResult(
        report.details(indices, style: style), messages: gapLines(host), status: status)
    }
    return CommandResult(
      report.page(
        indices, hidden: selectors.isEmpty ? host.functions.count - indices.count : 0,
        style: style), messages: gapLines(host), status: status)
  }

  func plan(_ host: Host, _ names: DeviceNames) throws(SelectorError) -> CommandResult {
    guard !selectors.isEmpty else {
      return .failure(.usage, "plan needs a function: passthru plan 0a:00.0 --guest NAME")
    }
    guard let guest = validGuest else { return Self.guestFailure(guest) }
    let request: ConfigurationRequest
    switch self.request(on: host, guest: guest) {
    case .success(let made): request = made
    case .failure(let failure): return failure.result
    }
    let indices = try host.select(all: selectors)
    var plan = PassthruAnalysis.plan(
      indices.map { host.functions[$0].address }, guest: guest, host: host,
      consumer: consumer(of: host), allowing: try allowedAddresses(in: host)
    ).completed(for: request)
    for file in hostFiles {
      plan.references += references(to: plan.renumbered, in: file.bytes, path: file.path)
    }
    let status = status(of: plan.assessments.map { $0.verdict })
    guard format == .text else {
      var json = JSONWriter(isIndented: true)
      PlanDocument(plan).write(into: &json)
      return CommandResult(output: json.bytes, status: status)
    }
    return CommandResult(
      PlanReport(plan, host: host, names: names).text(style), status: status)
  }

  /// The guest's name, where it can stand in every consumer's configuration.
  ///
  /// Letters, digits, `-`, `_` and `.`, not starting with a sign: what all the
  /// managers of guests allow, and nothing that a shell would act on.
  var validGuest: String? {
    guard let guest, let first = guest.utf8.first, guest.utf8.count <= 64 else { return nil }
    func isLetterOrDigit(_ byte: UInt8) -> Bool {
      switch byte {
      case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true
      default: false
      }
    }
    let isValid = guest.utf8.allSatisfy {
      isLetterOrDigit($0) || $0 == 0x2d || $0 == 0x5f || $0 == 0x2e
    }
    return isValid && isLetterOrDigit(first) ? guest : nil
  }

  static func guestFailure(_ guest: String?) -> CommandResult {
    guest == nil
      ? .failure(.usage, "the guest has no name: add --guest NAME")
      : .failure(
        .usage,
        "\(displayText((guest ?? "").utf8)) cannot name a guest: "
          + "use letters, digits, - _ and ., at most 64, starting with a letter or a digit")
  }
}
