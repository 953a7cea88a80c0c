// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

/// The buses of a host in the order in which its list names them.
///
/// FreeBSD lists functions in the order of discovery: all of a bus, and buses
/// in the order in which their bridges attached.
struct BusSequence: Hashable, Sendable {
  /// The buses.
  var buses: [BusAddress]
  /// The positions of the functions of each bus, by device and function.
  var members: [[Int]]
  /// The place of each function's bus in `buses`.
  var busOf: [Int]

  init(_ host: Machine) {
    let functions = host.functions
    let order =
      host.isInKernelOrder
      ? Array(functions.indices)
      : functions.indices.sorted { functions[$0].address < functions[$1].address }
    var places: [BusAddress: Int] = [:]
    buses = []
    members = []
    busOf = [Int](repeating: 0, count: functions.count)
    for index in order {
      let bus = functions[index].address.busAddress
      let place: Int
      if let known = places[bus] {
        place = known
      } else {
        place = buses.count
        places[bus] = place
        buses.append(bus)
        members.append([])
      }
      members[place].append(index)
      busOf[index] = place
    }
    for place in members.indices {
      members[place].sort { functions[$0].address < functions[$1].address }
    }
  }

  /// The functions in pre-order, where each bus is below a function or a root.
  ///
  /// - Parameter parents: For each bus the position of the function it is
  ///   behind, always one of an earlier bus; `nil` for a root bus.
  func preOrder(parents: [Int?]) -> [Int] {
    var below: [Int: [Int]] = [:]
    var pending: [Int] = []
    for place in members.indices.reversed() {
      if let parent = parents[place] {
        below[parent, default: []].append(place)
      } else {
        pending.append(contentsOf: members[place].reversed())
      }
    }
    var sequence: [Int] = []
    while let index = pending.popLast() {
      sequence.append(index)
      // Filled from the last bus to the first, so the first is pushed last.
      for place in below[index] ?? [] { pending.append(contentsOf: members[place].reversed()) }
    }
    return sequence
  }
}
