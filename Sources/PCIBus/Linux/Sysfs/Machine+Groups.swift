// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension Machine {
  /// Says of functions without a link to a group that they have none, where that is known.
  ///
  /// A recording may have lost links, and functions: the directories of the groups name
  /// their members too. One that is nowhere else is kept, with nothing but its group, so
  /// that it is not taken for one that need not go along. They are listed where `looksAtAll`
  /// says so, or where a function without a group, or a group without a function, shows a loss.
  ///
  /// - Returns: The groups that were found so, whose reserved regions nobody read.
  mutating func settleGroups(
    _ tree: borrowing SystemTree, isComplete: Bool, looksAtAll: Bool
  ) -> Set<Int> {
    var late: Set<Int> = []
    var isComplete = isComplete
    if !isComplete, looksAtAll || lacksGroups(tree) {
      let members = Self.groupMembers(tree)
      isComplete = !members.isEmpty
      for index in functions.indices where functions[index].iommuGroup == nil {
        if let group = members[functions[index].address] {
          functions[index].iommuGroup = group
          late.insert(group)
        }
      }
      let known = Set(functions.map { $0.address })
      for (address, group) in members where !known.contains(address) {
        var function = Function(
          address: address, identity: Identity(vendorID: 0xffff, deviceID: 0xffff))
        function.iommuGroup = group
        functions.append(function)
        gaps.append(
          Gap(
            .function(address), "function",
            reason: "group \(group) has it, and it is not among the devices",
            remedy: "record all of /sys/bus/pci/devices"))
      }
      if functions.count > known.count { functions.sort { $0.address < $1.address } }
    }
    guard isComplete else { return late }
    for index in functions.indices where functions[index].iommuGroup == nil {
      functions[index].recordAbsence(of: .iommuGroup)
    }
    return late
  }

  /// Whether a function has no group, or a group no function.
  private func lacksGroups(_ tree: borrowing SystemTree) -> Bool {
    // Kernels count from 0 and leave few holes: a list of flags is cheaper than a set.
    var isSeen = [Bool](repeating: false, count: 2 * functions.count + 64)
    var count = 0
    for function in functions {
      guard let group = function.iommuGroup, isSeen.indices.contains(group) else { return true }
      if !isSeen[group] { count += 1 }
      isSeen[group] = true
    }
    return tree.countOfNames("kernel/iommu_groups") != count
  }

  /// Says of which functions the group's reserved regions are not known.
  mutating func noteUnreadRegions(_ groups: Set<Int>) {
    guard !groups.isEmpty else { return }
    for function in functions {
      guard let group = function.iommuGroup, groups.contains(group) else { continue }
      gaps.append(
        Gap(
          .function(function.address), HostDependency.regionFact,
          reason: "the reserved_regions of group \(group) could not be read",
          remedy: "on the machine: cat /sys/kernel/iommu_groups/\(group)/reserved_regions"))
    }
  }

  private static func groupMembers(_ tree: borrowing SystemTree) -> [FunctionAddress: Int] {
    var members: [FunctionAddress: Int] = [:]
    for name in tree.names("kernel/iommu_groups") {
      guard let group = Int(name) else { continue }
      for member in tree.names("kernel/iommu_groups/" + name + "/devices") {
        if let address = FunctionAddress(member) { members[address] = group }
      }
    }
    return members
  }
}
