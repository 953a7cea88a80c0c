// SPDX-License-Identifier: Apache-2.0

extension Rule {
  /// Every rule, in the order in which findings of one severity are shown.
  public static let all: [Rule] = [
    .deviceBridge, .deviceChipset,
    .iommuOff, .iommuNoGroup,
    .groupSharedHost, .groupSplitFunctions,
    .interruptsNone, .windowAlignment,
    .unitRenumber,
    .driverInUse,
  ]
}
