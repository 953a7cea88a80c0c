// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost
internal import PassthruAnalysis

/// What the options say of a host.
extension CommonOptions {
  /// The positions that the selectors name, or `fallback` where there are none.
  func selection(in host: Machine, fallback: [Int]) throws(SelectorError) -> [Int] {
    selectors.isEmpty ? fallback : try host.select(all: selectors)
  }

  /// The consumer to judge for.
  func consumer(of host: Machine) -> Consumer { consumer ?? Consumer(for: host) }

  /// The addresses that `--allow` names.
  func allowedAddresses(in host: Machine) throws(SelectorError) -> Set<FunctionAddress> {
    var addresses = Set<FunctionAddress>()
    for index in try host.select(all: allowed) { addresses.insert(host.functions[index].address) }
    return addresses
  }

  /// The status that the verdicts on selected functions give, each settled or not.
  func status(areSettled: [Bool]) -> ExitStatus { areSettled.contains(false) ? .blocked : .done }

  /// The functions that are selected, or all, by position; none where a selector is wrong.
  func selectedOrAll(_ host: Machine) -> [Int] {
    selectors.isEmpty ? Array(host.functions.indices) : (try? host.select(all: selectors)) ?? []
  }

  /// The functions whose configuration space verdicts rest on, by position.
  func judged(_ host: Machine) -> [Int] {
    // bhyve's rules look at capabilities; vfio's answers are the kernel's, and where it
    // has no groups they are predicted from the registers.
    if consumer(of: host) == .bhyve { return selectedOrAll(host) }
    return host.functions.contains { $0.iommuGroup != nil } ? [] : Self.portsAndSiblings(of: host)
  }

  /// The functions whose ACS decides on groups: bridges, and functions of several.
  ///
  /// Virtual functions have groups of their own by the path above them.
  static func portsAndSiblings(of host: Machine) -> [Int] {
    host.functions.indices.filter { index in
      let function = host.functions[index]
      guard function.physicalFunction == nil else { return false }
      return function.isBridge != false || function.isMultiFunction != false
    }
  }

  /// What could not be read, for standard error: a line for each reason.
  ///
  /// That an inventory holds no configuration space is as it should be, and
  /// said only with `-v`, or where not even root may read it.
  func gapLines(_ host: Machine, saysUnread: Bool = false) -> [String] {
    let level = host.freeBSD?.sysctl("kern.securelevel").flatMap { Int($0) } ?? 0
    let saysUnread = saysUnread || isVerbose || level > 0
    var counts: [String: Int] = [:]
    var order: [Gap] = []
    for gap in host.gaps where saysUnread || gap.fact != "configuration" {
      if counts[gap.reason] == nil { order.append(gap) }
      counts[gap.reason, default: 0] += 1
    }
    let shown = isVerbose ? order.count : 5
    var lines = order.prefix(shown).map { gap in
      var line = "passthru: not known: " + Self.place(of: gap) + gap.reason
      if let count = counts[gap.reason], count > 1 { line += " (\(count) times)" }
      if let remedy = gap.remedy { line += ": " + remedy }
      return line
    }
    if order.count > shown {
      lines.append("passthru: not known: \(order.count - shown) more things: -v shows all")
    }
    return lines
  }

  private static func place(of gap: Gap) -> String {
    switch gap.subject {
    case .host: ""
    case .function(let address): address.description + ": "
    case .line(let line): "line \(line): "
    }
  }
}
