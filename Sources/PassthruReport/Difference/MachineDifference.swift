// SPDX-License-Identifier: Apache-2.0

public import PCI
public import PCIHost

/// What changed between two hosts, or between two moments of one.
///
/// Functions are matched by address, and every fact of the fact table is compared
/// but those that say which function or which recording it is. The number of an
/// IOMMU group means nothing: groups are compared by their members. Where the
/// address of a device changed, it shows as one removed and one added with the same ids.
public struct MachineDifference: Hashable, Sendable {
  /// What changed of one function.
  public struct FunctionChanges: Hashable, Sendable {
    /// The function, as it is in the second host.
    public var function: Function
    /// The facts that changed, in the order of the documents.
    public var changes: [FactChange]
  }

  /// The functions that are only in the second host.
  public var added: [Function]
  /// The functions that are only in the first host.
  public var removed: [Function]
  /// The facts that changed of the machine as a whole, in the order of the documents.
  public var host: [FactChange]
  /// The functions of which something changed, in address order.
  public var functions: [FunctionChanges]

  /// What is not known of either host, so that a change of it does not show.
  public var gaps: [Gap]

  /// Whether nothing changed in what is recorded of both.
  public var isEmpty: Bool {
    added.isEmpty && removed.isEmpty && host.isEmpty && functions.isEmpty
  }

  /// Compares two hosts.
  public init(from first: Machine, to second: Machine) {
    let before = AddressIndex(first.functions)
    let after = AddressIndex(second.functions)
    added = second.functions.filter { before.position(of: $0.address) == nil }
      .sorted { $0.address < $1.address }
    removed = first.functions.filter { after.position(of: $0.address) == nil }
      .sorted { $0.address < $1.address }
    gaps = first.gaps + second.gaps.filter { !first.gaps.contains($0) }
    let groups = (GroupMembers(first), GroupMembers(second))
    let renumbered = groups.1.renumbering(second, as: groups.0)
    host = Machine.facts.flatMap { $0.changes(from: first, to: renumbered) }
    functions = first.functions.sorted { $0.address < $1.address }.compactMap { function in
      guard let index = after.position(of: function.address) else { return nil }
      let other = second.functions[index]
      var changes = Function.facts.flatMap { $0.changes(from: function, to: other) }
      let members = (groups.0.text(of: function), groups.1.text(of: other))
      if members.0 != members.1 {
        changes.append(FactChange("groupMembers", members.0, members.1, .noneOrNotRecorded))
      }
      return changes.isEmpty ? nil : FunctionChanges(function: other, changes: changes)
    }
  }
}
