// SPDX-License-Identifier: Apache-2.0

internal import PCI
public import PCIHost

/// The functions as a tree: root buses, bridges, and what is behind them.
public struct TreeReport: Sendable {
  private let host: Machine
  private let names: DeviceNames

  /// Prepares the tree.
  public init(_ host: Machine, names: DeviceNames) {
    self.host = host
    self.names = names
  }

  /// The tree; with `selected`, only the branches that lead to those functions.
  public func text(selected: Set<Int>?, style: TextStyle) -> String {
    let topology = Topology(host)
    var wanted: Set<Int>?
    if let selected {
      var set = selected
      for index in selected {
        for ancestor in topology.ancestors(of: index) { set.insert(ancestor) }
      }
      wanted = set
    }
    var lines: [String] = []
    for root in topology.roots {
      let members = root.members.filter { wanted?.contains($0) ?? true }
      guard !members.isEmpty else { continue }
      lines.append("pci" + root.bus.description)
      draw(members, topology, wanted, prefix: "", into: &lines, style)
    }
    let detached = topology.detached.filter { wanted?.contains($0) ?? true }
    if !detached.isEmpty {
      lines.append("place not known (\(reason))")
      draw(detached, topology, wanted, prefix: "", into: &lines, style)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private var reason: String {
    host.gaps.first { $0.fact == "topology" }?.reason ?? "the source does not say"
  }

  /// An element of the walk: a function with the text that leads to its line.
  private struct Branch {
    var index: Int
    var prefix: String
    var isLast: Bool
  }

  /// Draws without recursion: a hostile recording may nest as deep as it is long.
  private func draw(
    _ members: [Int], _ topology: Topology, _ wanted: Set<Int>?, prefix: String,
    into lines: inout [String], _ style: TextStyle
  ) {
    var pending = branches(members, prefix: prefix)
    while let branch = pending.popLast() {
      let line = branch.prefix + (branch.isLast ? "└─ " : "├─ ") + describe(branch.index)
      lines.append(line.cut(style.width))
      let children = topology.children[branch.index].filter { wanted?.contains($0) ?? true }
      // Past the width nothing of a deeper prefix would be seen.
      let deeper =
        branch.prefix.columns < style.width
        ? branch.prefix + (branch.isLast ? "   " : "│  ") : branch.prefix
      pending.append(contentsOf: branches(children, prefix: deeper))
    }
  }

  private func branches(_ members: [Int], prefix: String) -> [Branch] {
    var branches: [Branch] = []
    for (position, index) in members.enumerated() {
      branches.append(
        Branch(index: index, prefix: prefix, isLast: position == members.count - 1))
    }
    return branches.reversed()
  }

  private func describe(_ index: Int) -> String {
    let function = host.functions[index]
    let spelling = AddressSpelling(host)
    var parts = [spelling.short(function.address)]
    parts.append(function.classCode?.shortKind ?? "?")
    if let bridge = function.bridge {
      parts.append(
        bridge.secondary == bridge.subordinate
          ? "[bus \(bridge.secondary.hexadecimal(width: 2))]"
          : "[buses \(bridge.secondary.hexadecimal(width: 2))-"
            + "\(bridge.subordinate.hexadecimal(width: 2))]")
    }
    parts.append(names.title(of: function))
    if let driver = function.driver { parts.append("(" + driver.description + ")") }
    if let group = function.iommuGroup { parts.append("g\(group)") }
    if let physical = function.physicalFunction {
      parts.append("virtual function of " + spelling.short(physical))
    }
    return parts.joined(separator: "  ")
  }
}
