// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

/// An order in which FreeBSD may have attached a host's functions.
///
/// Unit numbers are given in this order. At boot a bridge attaches, and all
/// that is behind it, before the functions after it on its own bus
/// (FreeBSD, sys/kernel/subr_bus.c, `bus_generic_attach`). A driver that is
/// loaded later sees whole buses one after the other
/// (sys/dev/pci/pci.c, `pci_driver_added`).
struct AttachOrder: Hashable, Sendable {
  /// How an order was found.
  enum Basis: Hashable, Sendable {
    /// From the recorded tree.
    case tree
    /// From a tree that the units of the bridges allow.
    case inferredTree
    /// Bus after bus, as for a driver that is loaded after the boot.
    case busList
  }

  /// How the order was found.
  var basis: Basis
  /// The positions of the functions, in the order of attachment.
  var sequence: [Int]
  /// The place of each function in `sequence`.
  var rank: [Int]

  init(basis: Basis, sequence: [Int]) {
    self.basis = basis
    self.sequence = sequence
    rank = [Int](repeating: 0, count: sequence.count)
    for (place, index) in sequence.enumerated() { rank[index] = place }
  }

  /// The orders to try, the likeliest first.
  ///
  /// - Parameters:
  ///   - host: A host whose functions are in the kernel's order, if that is known.
  ///   - topology: Its tree.
  static func candidates(for host: Machine, topology: Topology) -> [AttachOrder] {
    let buses = BusSequence(host)
    var orders: [AttachOrder] = []
    if topology.detached.isEmpty {
      orders.append(AttachOrder(basis: .tree, sequence: treeSequence(buses, topology)))
    } else {
      for parents in InferredTree(host, buses: buses).alternatives {
        let order = AttachOrder(basis: .inferredTree, sequence: buses.preOrder(parents: parents))
        if !orders.contains(order) { orders.append(order) }
      }
    }
    orders.append(AttachOrder(basis: .busList, sequence: buses.members.flatMap { $0 }))
    return orders
  }

  private static func treeSequence(_ buses: BusSequence, _ topology: Topology) -> [Int] {
    // Root buses attach in the order of ACPI's name space, which is the order
    // in which the kernel lists them.
    var sequence: [Int] = []
    var pending: [Int] = []
    for members in buses.members.reversed() {
      for member in members.reversed() where topology.parents[member] == nil {
        pending.append(member)
      }
    }
    while let index = pending.popLast() {
      sequence.append(index)
      pending.append(contentsOf: topology.children[index].reversed())
    }
    return sequence
  }
}
