// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

/// The order in which Linux gives functions their groups.
///
/// A bus is scanned whole before the buses below it; virtual functions come
/// after everything else, when their driver makes them. `/proc/bus/pci/devices`
/// lists functions in this order (drivers/pci/probe.c, `pci_scan_child_bus`).
struct DeviceOrder {
  /// The positions of the functions, in order; parents before children.
  var sequence: [Int]

  init(_ index: MachineIndex) {
    let functions = index.host.functions
    let topology = index.topology
    if let recorded = index.host.linux?.deviceOrder,
      let sequence = Self.recorded(recorded, functions, topology)
    {
      self.sequence = sequence
      return
    }
    // Breadth first by bus, and depth first by bridge.
    var sequence: [Int] = []
    sequence.reserveCapacity(functions.count)
    var virtual: [Int] = []
    var pending: [[Int]] = topology.roots.reversed().map { $0.members }
    pending.insert(topology.detached, at: 0)
    while let bus = pending.popLast() {
      for index in bus {
        if functions[index].physicalFunction == nil {
          sequence.append(index)
        } else {
          virtual.append(index)
        }
      }
      for index in bus.reversed() where !topology.children[index].isEmpty {
        pending.append(topology.children[index])
      }
    }
    virtual.sort { Self.isBefore(functions[$0], functions[$1]) }
    self.sequence = sequence + virtual
  }

  /// Virtual functions by physical function, then by address.
  private static func isBefore(_ left: Function, _ right: Function) -> Bool {
    if let first = left.physicalFunction, let second = right.physicalFunction, first != second {
      return first < second
    }
    return left.address < right.address
  }

  /// The recorded order, where it names every function once and parents first.
  ///
  /// The list has no domain, so that it is of no use on a machine with several.
  private static func recorded(
    _ order: [UInt16], _ functions: [Function], _ topology: Topology
  ) -> [Int]? {
    guard order.count == functions.count else { return nil }
    var positions: [UInt16: Int] = [:]
    for (index, function) in functions.enumerated() {
      guard positions.updateValue(index, forKey: function.address.requesterID) == nil else {
        return nil
      }
    }
    var seen = [Bool](repeating: false, count: functions.count)
    var sequence: [Int] = []
    for identity in order {
      guard let index = positions[identity], !seen[index] else { return nil }
      if let parent = topology.parents[index], !seen[parent] { return nil }
      seen[index] = true
      sequence.append(index)
    }
    return sequence
  }
}
