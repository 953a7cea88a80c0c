// SPDX-License-Identifier: Apache-2.0

public import PCI
public import PCIHost

/// Look-up tables of one host, made once for all rules.
public struct HostTables: Sendable {
  /// The host.
  public let host: Host
  /// The system that would hand functions over.
  public let consumer: Consumer
  /// The tree.
  public let topology: Topology
  /// The position of each function by its address.
  public let positions: [FunctionAddress: Int]
  /// The members of each reported IOMMU group, by its number.
  public let reportedGroups: [Int: [Int]]
  /// The functions of each slot, by the slot's function 0.
  public let slots: [FunctionAddress: [Int]]

  /// Makes the tables: one pass over the functions for each.
  public init(host: Host, consumer: Consumer) {
    self.host = host
    self.consumer = consumer
    topology = Topology(host)
    positions = host.indexByAddress
    var groups: [Int: [Int]] = [:]
    var slots: [FunctionAddress: [Int]] = [:]
    for (index, function) in host.functions.enumerated() {
      if let group = function.iommuGroup { groups[group, default: []].append(index) }
      slots[Self.slot(of: function.address), default: []].append(index)
    }
    reportedGroups = groups
    self.slots = slots
  }

  /// The address of function 0 of a function's slot.
  public static func slot(of address: FunctionAddress) -> FunctionAddress {
    FunctionAddress(
      domain: address.domain, bus: address.bus, deviceFunction: address.deviceFunction & 0xf8)
  }
}
