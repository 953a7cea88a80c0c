// SPDX-License-Identifier: Apache-2.0

public import PCI

/// A host with the two tables by which its functions are found: by address, and by place.
///
/// Made once and handed on; grouping, rules and reports look functions up here.
public struct MachineIndex: Sendable {
  /// The host.
  public let host: Machine
  /// The functions in the order of their addresses.
  public let addresses: AddressIndex
  /// The tree.
  public let topology: Topology

  /// Sorts the functions of a host and builds its tree.
  public init(_ host: Machine) {
    self.host = host
    addresses = AddressIndex(host.functions)
    topology = Topology(host, index: addresses)
  }

  /// The position of the function at an address; the first of several.
  public func position(of address: FunctionAddress) -> Int? { addresses.position(of: address) }
}
