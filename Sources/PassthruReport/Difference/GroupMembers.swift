// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

/// The members of a host's IOMMU groups, by which groups of two hosts are told to be the same.
struct GroupMembers {
  private var members: [Int: [FunctionAddress]] = [:]

  init(_ host: Machine) {
    let groups = GroupsByNumber(host)
    for number in groups.numbers {
      members[number] = groups.members(of: number).map { host.functions[$0].address }.sorted()
    }
  }

  /// The addresses of a function's group; `nil` where it has none.
  func text(of function: Function) -> FactText? {
    function.iommuGroup.flatMap { members[$0] }.map {
      .value($0.map { $0.description }.joined(separator: " "))
    }
  }

  /// The host of these groups, its facts of groups with the numbers that another host
  /// gives to the same members.
  func renumbering(_ host: Machine, as other: GroupMembers) -> Machine {
    var numbers: [[FunctionAddress]: Int] = [:]
    for (number, group) in other.members { numbers[group] = number }
    func number(_ group: Int) -> Int { members[group].flatMap { numbers[$0] } ?? group }
    guard members.contains(where: { number($0.key) != $0.key }) else { return host }
    var host = host
    guard var linux = host.linux else { return host }
    for index in linux.reservedRegions.indices {
      linux.reservedRegions[index].group = number(linux.reservedRegions[index].group)
    }
    // The kernel lists groups by number.
    linux.reservedRegions.sort { ($0.group, $0.start) < ($1.group, $1.start) }
    linux.passthroughNodes = linux.passthroughNodes?.map { node in
      PassthroughNode(
        group: number(node.group), owner: node.owner, permissions: node.permissions)
    }.sorted { $0.group < $1.group }
    host.linux = linux
    return host
  }
}
