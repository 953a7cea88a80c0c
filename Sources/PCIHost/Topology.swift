// SPDX-License-Identifier: Apache-2.0

public import PCI

/// The tree of a host's functions, by position in `Machine.functions`.
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
  /// The addresses of the functions, of which paths are made.
  private let addresses: [FunctionAddress]

  /// Builds the tree; loops in hostile input end as detached functions.
  public init(_ host: Machine) {
    self.init(host, index: AddressIndex(host.functions))
  }

  /// Builds the tree of a host whose functions are sorted already.
  public init(_ host: Machine, index positions: AddressIndex) {
    let functions = host.functions
    var parents = [Int?](repeating: nil, count: functions.count)
    var children = [[Int]](repeating: [], count: functions.count)
    var roots: [BusAddress: [Int]] = [:]
    var detached: [Int] = []
    // Neighbours in the list mostly have the same bridge.
    var lastBridge: (address: FunctionAddress, position: Int?)?
    let placed = Self.placesOfBuses(functions)
    for index in functions.indices {
      let upstream = functions[index].upstream
      switch upstream == .unknown
        ? placed[functions[index].address.busAddress] ?? .unknown : upstream
      {
      case .rootBus(let bus): roots[bus, default: []].append(index)
      case .bridge(let address):
        if lastBridge?.address != address {
          lastBridge = (address, positions.position(of: address))
        }
        if let parent = lastBridge?.position, parent != index {
          parents[index] = parent
        } else {
          detached.append(index)
        }
      case .unknown: detached.append(index)
      }
    }
    // Whatever does not lead to a root or to a detached function is in a loop.
    var settled = [Bool](repeating: false, count: functions.count)
    var walk: [Int] = []
    for start in functions.indices {
      walk.removeAll(keepingCapacity: true)
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
      for place in list.indices.dropFirst()
      where functions[list[place]].address < functions[list[place - 1]].address {
        return list.sorted { functions[$0].address < functions[$1].address }
      }
      return list
    }
    self.parents = parents
    for index in children.indices where children[index].count > 1 {
      children[index] = sorted(children[index])
    }
    self.children = children
    self.roots = roots.keys.sorted().map { (bus: $0, members: sorted(roots[$0] ?? [])) }
    self.detached = sorted(detached)
    addresses = functions.map { $0.address }
  }

  /// What is above each bus on which a function's own place is not recorded.
  ///
  /// All functions of a bus are below one bridge: a neighbour tells, or the bridge whose
  /// secondary bus it is.
  private static func placesOfBuses(_ functions: [Function]) -> [BusAddress: Upstream] {
    guard functions.contains(where: { $0.upstream == .unknown }) else { return [:] }
    var places: [BusAddress: Upstream] = [:]
    for function in functions {
      guard let buses = function.bridge, buses.isValid(above: function.address.bus) else {
        continue
      }
      let below = BusAddress(domain: function.address.domain, bus: buses.secondary)
      if places[below] == nil { places[below] = .bridge(function.address) }
    }
    for function in functions where function.upstream != .unknown {
      places[function.address.busAddress] = function.upstream
    }
    return places
  }

  /// The stable path of each function: `pci0000:00/1c.0/00.0`; `nil` where not known.
  ///
  /// Made anew each time, for all functions: ask for one with `path(of:)`.
  public var paths: [String?] {
    var paths = [String?](repeating: nil, count: addresses.count)
    var pending: [(index: Int, prefix: String)] = []
    for root in roots {
      for member in root.members { pending.append((member, "pci" + root.bus.description)) }
    }
    while let (index, prefix) = pending.popLast() {
      let path = prefix + Self.step(addresses[index])
      paths[index] = path
      for child in children[index] { pending.append((child, path)) }
    }
    return paths
  }

  private static func step(_ address: FunctionAddress) -> String {
    "/" + address.device.hexadecimal(width: 2) + "." + address.function.hexadecimal(width: 1)
  }

  /// The stable path of one function: `pci0000:00/1c.0/00.0`; `nil` where not known.
  public func path(of index: Int) -> String? {
    let above = ancestors(of: index)
    let first = above.last ?? index
    guard let root = roots.first(where: { $0.members.contains(first) }) else { return nil }
    var path = "pci" + root.bus.description
    for step in above.reversed() + [index] { path += Self.step(addresses[step]) }
    return path
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
    left.parents == right.parents && left.addresses == right.addresses
      && left.detached == right.detached
      && left.roots.elementsEqual(right.roots) { $0.bus == $1.bus && $0.members == $1.members }
  }

  /// Hashes the tree.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(parents)
    hasher.combine(addresses)
  }
}
