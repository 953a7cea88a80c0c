// SPDX-License-Identifier: Apache-2.0

internal import PCI
public import PCIHost

/// The IOMMU groups that the kernel reports.
public struct GroupsReport: Sendable {
  private let host: Host
  private let names: DeviceNames

  /// Prepares the groups.
  public init(_ host: Host, names: DeviceNames) {
    self.host = host
    self.names = names
  }

  /// The groups with a member among `selected`, or all, by number.
  public func text(selected: Set<Int>?, style: TextStyle) -> String {
    var groups: [Int: [Int]] = [:]
    var ungrouped: [Int] = []
    for (index, function) in host.functions.enumerated() {
      if let group = function.iommuGroup {
        groups[group, default: []].append(index)
      } else {
        ungrouped.append(index)
      }
    }
    guard !groups.isEmpty else { return noGroups }
    var lines: [String] = []
    for number in groups.keys.sorted() {
      let members = groups[number] ?? []
      if let selected, !members.contains(where: { selected.contains($0) }) { continue }
      lines.append("group \(number)")
      lines.append(contentsOf: rows(members, style))
    }
    let left = ungrouped.filter { selected?.contains($0) ?? true }
    if !left.isEmpty {
      lines.append("no group: the kernel put these in none, so they cannot be passed as they are")
      lines.append(contentsOf: rows(left, style))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func rows(_ members: [Int], _ style: TextStyle) -> [String] {
    let spelling = AddressSpelling(host)
    var table = TextTable(flexible: 4)
    for index in members {
      let function = host.functions[index]
      table.append([
        .init(" "), .init(spelling.short(function.address)),
        .init(function.driver?.description ?? "-"), .init(function.classCode?.shortKind ?? "?"),
        .init(names.title(of: function.identity)),
      ])
    }
    return table.lines(style)
  }

  private var noGroups: String {
    let isFreeBSD = host.system.family == .freebsd || host.system.family == .dragonfly
    return isFreeBSD
      ? "FreeBSD has no IOMMU groups: the kernel does not look at what can reach what.\n"
      : "The kernel reports no IOMMU groups. " + IOMMUSentence(host).text + "\n"
  }
}
