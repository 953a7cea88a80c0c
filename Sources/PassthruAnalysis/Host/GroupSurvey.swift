// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

/// What rules ask of one reported IOMMU group, worked out once for its members.
struct GroupSurvey: Sendable {
  /// The members that are not bridges, in address order.
  var endpoints: [Int]
  /// Bridges whose driver is in the way, in address order: an ISA bridge is no
  /// bridge to the kernel, and from 5.19 on a real one counts too.
  var holders: [Int]
  /// All members that a driver of the host holds, in address order.
  var inUse: [Int]
  /// What the host depends on in the group, by position in the survey's `needs`.
  var dependencies: [Int]
  /// The members that are the host's only one of a kind, by kind.
  var onlyOnes: [(kind: HostSurvey.OnlyKind, index: Int)]

  init(_ members: [Int], _ functions: [Function], _ survey: HostSurvey, _ viability: GroupViability)
  {
    let variants = survey.passthroughModules
    let sorted = members.sorted { functions[$0].address < functions[$1].address }
    endpoints = sorted.filter { functions[$0].isBridge != true }
    holders = sorted.filter {
      functions[$0].isBridge == true && viability.isHeld(functions[$0], variants: variants)
    }
    inUse = endpoints.filter { viability.isHeld(functions[$0], variants: variants) } + holders
    dependencies = []
    onlyOnes = []
    for index in endpoints {
      if let list = survey.dependencies[index] { dependencies.append(contentsOf: list) }
      for kind in HostSurvey.OnlyKind.allCases where survey.onlyOne(kind) == index {
        onlyOnes.append((kind: kind, index: index))
      }
    }
    // What rests on a domain is told of its owner too, and both can be in one group.
    if dependencies.count > 1 {
      dependencies.sort()
      var last = -1
      dependencies.removeAll { place in
        defer { last = place }
        return place == last
      }
    }
  }
}
