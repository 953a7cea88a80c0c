// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIDrivers
internal import PCIHost

extension Machine {
  /// Records what held the functions of a FreeBSD host before this boot's changes.
  ///
  /// - Parameters:
  ///   - journal: The journal; one of an earlier boot says that nothing is changed.
  ///   - bootIdentifier: What the running kernel calls itself.
  mutating func recordDriversBefore(_ journal: DriverJournal, bootIdentifier: String?) {
    guard freeBSD != nil else { return }
    let isOutdated = journal.isOutdated(on: bootIdentifier)
    let host = self
    freeBSD?.driversBefore = (isOutdated ? [] : journal.records).compactMap { record in
      // Another device may be in its place by now.
      guard let function = host.function(at: record.address),
        function.identity.vendorID == record.before.vendorID,
        function.identity.deviceID == record.before.deviceID
      else { return nil }
      return NamedValue(
        name: record.address.freeBSDSelector, value: record.before.driver?.description ?? "none")
    }
  }
}
