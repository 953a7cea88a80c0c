// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

/// What rules ask of one reported IOMMU group, worked out once for its members.
struct GroupSurvey: Sendable {
  /// The members that are no bridges, in address order.
  var endpoints: [Int]
  /// Bridges with a plain header that a driver of the host holds, in address order.
  ///
  /// An ISA bridge is no bridge to the kernel: its driver keeps the group from
  /// being taken.
  var holders: [Int]
  /// All members that a driver of the host holds, in address order.
  var inUse: [Int]
  /// What the host depends on in the group, by position in its list.
  var dependencies: [Int]
  /// The members that are the host's only one of a kind, by kind.
  var onlyOnes: [(kind: HostSurvey.OnlyKind, index: Int)]

  init(_ members: [Int], _ functions: [Function], _ survey: HostSurvey) {
    let sorted = members.sorted { functions[$0].address < functions[$1].address }
    endpoints = sorted.filter { functions[$0].isBridge != true }
    func isHeld(_ index: Int) -> Bool {
      guard let driver = functions[index].driver else { return false }
      return !Rule.leavesDMAToUser(driver.name)
    }
    holders = sorted.filter {
      functions[$0].isBridge == true && functions[$0].headerType ?? .bridge == .endpoint
        && isHeld($0)
    }
    inUse = (endpoints + holders).filter(isHeld)
    dependencies = []
    onlyOnes = []
    for index in endpoints {
      if let list = survey.dependencies[index] { dependencies.append(contentsOf: list) }
      for kind in HostSurvey.OnlyKind.allCases where survey.onlyOne(kind) == index {
        onlyOnes.append((kind: kind, index: index))
      }
    }
  }
}
