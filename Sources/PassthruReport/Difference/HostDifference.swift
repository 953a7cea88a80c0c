// SPDX-License-Identifier: Apache-2.0

public import PCI
public import PCIHost

/// What changed between two hosts, or between two moments of one.
///
/// Functions are matched by address. Where the address of a device changed,
/// it shows as one removed and one added with the same ids.
public struct HostDifference: Hashable, Sendable {
  /// One fact of one function that is not what it was.
  public struct Change: Hashable, Sendable {
    /// The function.
    public var address: FunctionAddress
    /// The fact, as the JSON document names it.
    public var fact: String
    /// The value before; `nil` where it was not known.
    public var before: String?
    /// The value after; `nil` where it is not known.
    public var after: String?
  }

  /// The functions that are only in the second host.
  public var added: [Function]
  /// The functions that are only in the first host.
  public var removed: [Function]
  /// The facts that changed, in address order.
  public var changes: [Change]

  /// Whether nothing changed.
  public var isEmpty: Bool { added.isEmpty && removed.isEmpty && changes.isEmpty }

  /// Compares two hosts.
  public init(from first: Host, to second: Host) {
    let before = AddressIndex(first.functions)
    let after = AddressIndex(second.functions)
    added = second.functions.filter { before.position(of: $0.address) == nil }
      .sorted { $0.address < $1.address }
    removed = first.functions.filter { after.position(of: $0.address) == nil }
      .sorted { $0.address < $1.address }
    var changes: [Change] = []
    let groups = Self.regrouped(first, second)
    for function in first.functions.sorted(by: { $0.address < $1.address }) {
      guard let index = after.position(of: function.address) else { continue }
      let other = second.functions[index]
      for (fact, old, new) in Self.facts(function, other) where old != new {
        changes.append(Change(address: function.address, fact: fact, before: old, after: new))
      }
      if let (old, new) = groups[function.address] {
        changes.append(
          Change(address: function.address, fact: "groupMembers", before: old, after: new))
      }
    }
    self.changes = changes
  }

  private static func facts(
    _ old: Function, _ new: Function
  ) -> [(fact: String, before: String?, after: String?)] {
    var facts: [(fact: String, before: String?, after: String?)] = [
      ("ids", old.identity.vendorDevice, new.identity.vendorDevice),
      (
        "revisionID", old.identity.revisionID.map { $0.hexadecimal(width: 2) },
        new.identity.revisionID.map { $0.hexadecimal(width: 2) }
      ),
      ("classCode", old.classCode?.description, new.classCode?.description),
      ("driver", old.driver?.description ?? "none", new.driver?.description ?? "none"),
      ("upstream", describe(old.upstream), describe(new.upstream)),
      ("powerState", old.powerState?.name, new.powerState?.name),
      ("numaNode", old.numaNode.map { "\($0)" }, new.numaNode.map { "\($0)" }),
      ("driverOverride", old.driverOverride ?? "none", new.driverOverride ?? "none"),
      (
        "virtualFunctions", old.virtualFunctions.map { "\($0.enabled) of \($0.total)" },
        new.virtualFunctions.map { "\($0.enabled) of \($0.total)" }
      ),
      (
        "resetMethods", old.resetMethods.map { $0.map { $0.rawValue }.joined(separator: " ") },
        new.resetMethods.map { $0.map { $0.rawValue }.joined(separator: " ") }
      ),
    ]
    let first = old.baseAddressRegisters.map { describe($0) }
    let second = new.baseAddressRegisters.map { describe($0) }
    if first != second {
      facts.append(("bars", first.joined(separator: ", "), second.joined(separator: ", ")))
    }
    return facts
  }

  private static func describe(_ upstream: Upstream) -> String? {
    switch upstream {
    case .rootBus(let bus): "root bus " + bus.description
    case .bridge(let address): address.description
    case .unknown: nil
    }
  }

  private static func describe(_ window: BaseAddressRegister) -> String {
    var text = "\(window.index) " + window.kind.name
    if let address = window.address { text += " at 0x" + address.hexadecimal(width: 1) }
    if let size = window.size { text += " size \(size)" }
    return text
  }

  /// The functions whose companions changed: a group's number means nothing.
  private static func regrouped(
    _ first: Host, _ second: Host
  ) -> [FunctionAddress: (before: String, after: String)] {
    let before = companions(first)
    let after = companions(second)
    var moved: [FunctionAddress: (before: String, after: String)] = [:]
    for (address, old) in before {
      guard let new = after[address], new != old else { continue }
      moved[address] = (
        old.map { $0.description }.joined(separator: " "),
        new.map { $0.description }.joined(separator: " ")
      )
    }
    return moved
  }

  private static func companions(_ host: Host) -> [FunctionAddress: [FunctionAddress]] {
    var groups: [Int: [FunctionAddress]] = [:]
    for function in host.functions {
      if let group = function.iommuGroup { groups[group, default: []].append(function.address) }
    }
    var companions: [FunctionAddress: [FunctionAddress]] = [:]
    for members in groups.values {
      let sorted = members.sorted()
      for member in members { companions[member] = sorted }
    }
    return companions
  }
}
