// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// The IOMMU groups that a kernel reports, counted from 0 in the order of the list.
///
/// A recording can claim any number for a group, and mostly a group has one
/// member: so members are kept in one array.
struct ReportedGroups: Sendable {
  /// The place of each function's group; -1 for none.
  private let places: [Int]
  /// The place of each group in `members`, and the end.
  private let starts: [Int]
  /// The members of all groups, group after group, in the order of the list.
  private let members: [Int]

  init(_ functions: [Function]) {
    var places = [Int](repeating: -1, count: functions.count)
    var counts: [Int] = []
    // Kernels count from 0 and leave few holes; other numbers are looked up.
    var small = [Int](repeating: -1, count: 2 * functions.count + 64)
    var large: [Int: Int] = [:]
    for index in functions.indices {
      guard let number = functions[index].iommuGroup else { continue }
      let isSmall = small.indices.contains(number)
      var place = isSmall ? small[number] : large[number] ?? -1
      if place < 0 {
        place = counts.count
        counts.append(0)
        if isSmall { small[number] = place } else { large[number] = place }
      }
      counts[place] += 1
      places[index] = place
    }
    var starts: [Int] = [0]
    starts.reserveCapacity(counts.count + 1)
    var total = 0
    for count in counts {
      total += count
      starts.append(total)
    }
    var next = starts
    var members = [Int](repeating: 0, count: total)
    for index in functions.indices where places[index] >= 0 {
      members[next[places[index]]] = index
      next[places[index]] += 1
    }
    self.places = places
    self.starts = starts
    self.members = members
  }

  /// Whether no function has a reported group.
  var isEmpty: Bool { members.isEmpty }

  /// The members of a function's group, itself included; none where it has no group.
  func members(with index: Int) -> ArraySlice<Int> {
    place(of: index).map { members(at: $0) } ?? []
  }

  /// How many groups there are.
  var count: Int { starts.count - 1 }

  /// The place of a function's group; `nil` where it has none.
  func place(of index: Int) -> Int? { places[index] < 0 ? nil : places[index] }

  /// The members of a group by its place.
  func members(at place: Int) -> ArraySlice<Int> { members[starts[place]..<starts[place + 1]] }
}
