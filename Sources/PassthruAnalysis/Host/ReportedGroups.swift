// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

/// The IOMMU groups that a kernel reports, counted from 0 in the order of the list.
///
/// A recording can claim any number for a group, and mostly a group has one
/// member: so members are kept in one array, and nothing is worked out for a
/// group of one.
struct ReportedGroups: Sendable {
  /// The place of each function's group; -1 for none.
  private let places: [Int]
  /// The place of each group in `members`, and the end.
  private let starts: [Int]
  /// The members of all groups, group after group, in the order of the list.
  private let members: [Int]
  /// What rules ask of the groups with several members; `nil` for the others.
  private let surveys: [GroupSurvey?]

  init(_ host: Host, _ survey: HostSurvey) {
    let functions = host.functions
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
    let viability = GroupViability(for: host)
    surveys = counts.indices.map { place in
      counts[place] < 2
        ? nil
        : GroupSurvey(
          Array(members[starts[place]..<starts[place + 1]]), functions, survey, viability)
    }
    self.places = places
    self.starts = starts
    self.members = members
  }

  /// Whether no function has a reported group.
  var isEmpty: Bool { members.isEmpty }

  /// The members of a function's group, itself included; none where it has no group.
  func members(with index: Int) -> ArraySlice<Int> {
    let place = places[index]
    return place < 0 ? [] : members[starts[place]..<starts[place + 1]]
  }

  /// What rules ask of a function's group; `nil` where it is alone or has none.
  func survey(of index: Int) -> GroupSurvey? {
    let place = places[index]
    return place < 0 ? nil : surveys[place]
  }
}
