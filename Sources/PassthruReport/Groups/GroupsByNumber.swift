// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

/// The groups that the kernel reports, by number.
struct GroupsByNumber {
  private var members: [Int: [Int]] = [:]
  /// The positions of the functions in no group.
  private(set) var ungrouped: [Int] = []

  init(_ host: Machine) {
    for (index, function) in host.functions.enumerated() {
      if let group = function.iommuGroup {
        members[group, default: []].append(index)
      } else {
        ungrouped.append(index)
      }
    }
  }

  /// Whether the kernel reports none.
  var isEmpty: Bool { members.isEmpty }

  /// The numbers, ascending.
  var numbers: [Int] { members.keys.sorted() }

  /// The positions of a group's members.
  func members(of number: Int) -> [Int] { members[number] ?? [] }
}
