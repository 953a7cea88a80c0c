// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIDrivers
internal import PCIHost
internal import PassthruReport

/// What a change is decided on.
struct ChangeSituation {
  /// The host, as it is now or was recorded.
  var host: Machine
  /// What was changed before.
  var journal: DriverJournal
  /// Whether the machine was started again since.
  var isJournalOutdated = false
  /// How the kernel is told.
  var interface: DriverInterface
  /// The names of devices.
  var names: DeviceNames
  /// Whether the running kernel has a driver.
  var hasDriver: (String) -> Bool
}
