// SPDX-License-Identifier: Apache-2.0

public import PCI

extension DriverJournal {
  /// Which records to put back.
  public enum Choice: Hashable, Sendable {
    /// Those of transactions, and of ways back, that were cut off.
    case cutOff
    /// All of them.
    case all
    /// Those of these functions.
    case these([FunctionAddress])

    /// Whether somebody named the functions.
    fileprivate var isByName: Bool {
      if case .these = self { true } else { false }
    }
  }

  /// The records of a choice, the last change first.
  public func records(_ choice: Choice) -> [Record] {
    switch choice {
    case .cutOff: cutOff.reversed()
    case .all: records.reversed()
    case .these(let addresses): records.filter { addresses.contains($0.address) }.reversed()
    }
  }

  /// What one restoring came to.
  public struct Outcome: Hashable, Sendable {
    /// What was put back, with the driver that it has now.
    public var restored: [(address: FunctionAddress, driver: DriverBinding?)] {
      zip(addresses, drivers).map { ($0, $1) }
    }
    /// What was not, and why.
    public var failures: [String] = []
    /// What is no longer there, or was named and gave its place to another device: dropped.
    public var gone: [FunctionAddress] = []
    /// Whether the machine was started again since, so that nothing was to be done.
    public var wasOutdated = false
    var addresses: [FunctionAddress] = []
    var drivers: [DriverBinding?] = []
  }

  /// Puts functions back to the drivers of before, and takes them out of the journal.
  ///
  /// `confirm` may still forbid it, when the journal is known. Before the first step all of them are marked as on the way, and each is taken out as
  /// soon as it is back, or gone: cut off, it can be called again with `.cutOff`. One that cannot be
  /// put back, and that the attempt left as it was, is as settled as before.
  public static func restore<Control: DeviceControl, Store: DriverJournalStore & ~Copyable>(
    _ choice: Choice, with control: inout Control, journal store: inout Store,
    progress: (DeviceStep) -> Void = { _ in },
    confirm: () throws(DeviceControlError) -> Void = {}
  ) throws(DeviceControlError) -> Outcome {
    var journal = try store.load()
    var outcome = Outcome()
    if journal.isOutdated(on: control.bootIdentifier) {
      outcome.wasOutdated = true
      try store.save(DriverJournal())
      return outcome
    }
    try confirm()
    let records = orderOfReturn(journal.records(choice).reversed(), through: control.interface) {
      $0.before
    }
    if records.contains(where: { $0.isSettled }) {
      for record in records { journal.mark(record.address, isSettled: false) }
      try store.save(journal)
    }
    for record in records {
      let start: DeviceState?
      do throws(DeviceControlError) { start = try control.state(of: record.address) } catch {
        // ENOENT: what was done to it went with it.
        guard error.errorNumber == 2 else {
          outcome.failures.append(record.address.description + ": " + error.description)
          continue
        }
        start = nil
      }
      // Another device at the place is let be; the record goes where it was asked for.
      let isOther =
        start.map {
          $0.vendorID != record.before.vendorID || $0.deviceID != record.before.deviceID
        } ?? true
      guard let start, !isOther || !choice.isByName else {
        outcome.gone.append(record.address)
        journal.forget(record.address)
        try store.save(journal)
        continue
      }
      do throws(DriverTransactionError) {
        try putBack(record.address, record.before, with: &control, progress: progress)
        outcome.addresses.append(record.address)
        outcome.drivers.append((try? control.state(of: record.address))?.driver)
        journal.forget(record.address)
      } catch {
        outcome.failures.append(record.address.description + ": " + error.description)
        guard record.isSettled, (try? control.state(of: record.address)) == start else { continue }
        journal.mark(record.address, isSettled: true)
      }
      try store.save(journal)
    }
    return outcome
  }
}
