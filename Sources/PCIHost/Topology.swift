// SPDX-License-Identifier: Apache-2.0

public import PCI

/// The tree of a host's functions, by position in `Host.functions`.
public struct Topology: Hashable, Sendable {
  /// The position of the bridge right above each function; `nil` on a root bus
  /// and where it is not known.
  public let parents: [Int?]
  /// The positions of the functions right below each function, in address order.
  public let children: [[Int]]
  /// The root buses with the functions on them, in address order.
  public let roots: [(bus: BusAddress, members: [Int])]
  /// The functions whose place is not known, in address order.
  public let detached: [Int]
  /// The stable path of each function: `pci0000:00/1c.0/00.0`; `nil` where not known.
  public let paths: [String?]

  /// Builds the tree; loops in hostile input end as detached functions.
  public init(_ host: Host) {
    let functions = host.functions
    let positions = host.indexByAddress
    var parents = [Int?](repeating: nil, count: functions.count)
    var children = [[Int]](repeating: [], count: functions.count)
    var roots: [BusAddress: [Int]] = [:]
    var detached: [Int] = []
    for (index, function) in functions.enumerated() {
      switch function.upstream {
      case .rootBus(let bus): roots[bus, default: []].append(index)
      case .bridge(let address):
        if let parent = positions[address], parent != index {
          parents[index] = parent
        } else {
          detached.append(index)
        }
      case .unknown: detached.append(index)
      }
    }
    // Whatever does not lead to a root or to a detached function is in a loop.
    var settled = [Bool](repeating: false, count: functions.count)
    for start in functions.indices {
      var walk: [Int] = []
      var current: Int? = start
      while let step = current, !settled[step], walk.count <= functions.count {
        walk.append(step)
        current = parents[step]
      }
      if walk.count > functions.count {
        for step in Set(walk) where !settled[step] {
          parents[step] = nil
          detached.append(step)
          settled[step] = true
        }
      }
      for step in walk { settled[step] = true }
    }
    for (index, parent) in parents.enumerated() {
      if let parent { children[parent].append(index) }
    }
    func sorted(_ list: [Int]) -> [Int] {
      list.sorted { functions[$0].address < functions[$1].address }
    }
    self.parents = parents
    self.children = children.map(sorted)
    self.roots = roots.keys.sorted().map { (bus: $0, members: sorted(roots[$0] ?? [])) }
    self.detached = sorted(detached)
    paths = Self.paths(functions, children: self.children, roots: self.roots)
  }

  private static func paths(
    _ functions: [Function], children: [[Int]], roots: [(bus: BusAddress, members: [Int])]
  ) -> [String?] {
    var paths = [String?](repeating: nil, count: functions.count)
    var pending: [(index: Int, prefix: String)] = []
    for root in roots {
      for member in root.members { pending.append((member, "pci" + root.bus.description)) }
    }
    while let (index, prefix) = pending.popLast() {
      let address = functions[index].address
      let path =
        prefix + "/" + address.device.hexadecimal(width: 2) + "."
        + address.function.hexadecimal(width: 1)
      paths[index] = path
      for child in children[index] { pending.append((child, path)) }
    }
    return paths
  }

  /// The positions of the bridges above a function, nearest first.
  public func ancestors(of index: Int) -> [Int] {
    var ancestors: [Int] = []
    var current = parents[index]
    while let step = current {
      ancestors.append(step)
      current = parents[step]
    }
    return ancestors
  }

  /// The positions of everything below a function, parents before children.
  public func descendants(of index: Int) -> [Int] {
    var descendants: [Int] = []
    var pending = Array(children[index].reversed())
    while let step = pending.popLast() {
      descendants.append(step)
      pending.append(contentsOf: children[step].reversed())
    }
    return descendants
  }

  /// Compares two trees.
  public static func == (left: Topology, right: Topology) -> Bool {
    left.parents == right.parents && left.paths == right.paths
  }

  /// Hashes the tree.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(parents)
    hasher.combine(paths)
  }
}
