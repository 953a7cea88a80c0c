// SPDX-License-Identifier: Apache-2.0

internal import PCI

extension DriverTransaction {
  /// Changes the drivers, and puts all of them back where a step fails.
  ///
  /// First it is checked that every function is still what it was when the
  /// transaction was planned; then the journal is written, and then the kernel
  /// is told. `confirm` is called right before the first function is touched, when modules
  /// are loaded and overrides set, and may still forbid it; `progress` before each step.
  public func apply<Control: DeviceControl, Store: DriverJournalStore & ~Copyable>(
    with control: inout Control, journal store: inout Store,
    progress: (DeviceStep) -> Void = { _ in },
    confirm: () throws(DeviceControlError) -> Void = {}
  ) throws(DriverTransactionError) {
    let open = open
    for change in open { try check(change, control) }
    guard !open.isEmpty else { return }
    var journal: DriverJournal
    do throws(DeviceControlError) {
      journal = try store.load()
      let boot = control.bootIdentifier
      if journal.isOutdated(on: boot) { journal = DriverJournal() }
      journal.bootIdentifier = boot
      journal.begin(open)
      try store.save(journal)
    } catch {
      throw DriverTransactionError(.journal(error))
    }
    var isConfirmed = false
    for step in steps {
      var refusal: DriverTransactionError.Reason?
      if !isConfirmed, step.touchesFunction {
        isConfirmed = true
        do throws(DeviceControlError) { try confirm() } catch { refusal = .refused(error) }
      }
      if refusal == nil { progress(step) }
      guard let reason = refusal ?? take(step, &control) else { continue }
      let failures = rollBack(with: &control, journal: &store, progress: progress)
      var error = DriverTransactionError(reason, step: step, notPutBack: failures)
      error.interface = interface
      throw error
    }
    journal.settle(open)
    do throws(DeviceControlError) {
      try store.save(journal)
    } catch {
      let failures = rollBack(with: &control, journal: &store, progress: progress)
      throw DriverTransactionError(.journal(error), notPutBack: failures)
    }
  }

  /// Puts every function back, in reverse, and takes it out of the journal.
  ///
  /// Returns what could not be put back, and why. The state to go back to is
  /// the transaction's own `before`.
  public func rollBack<Control: DeviceControl, Store: DriverJournalStore & ~Copyable>(
    with control: inout Control, journal store: inout Store,
    progress: (DeviceStep) -> Void = { _ in }
  ) -> [String] {
    var failures: [String] = []
    var journal = try? store.load()
    let order = orderOfReturn(open, through: interface) { $0.before }
    for change in order {
      do throws(DriverTransactionError) {
        try putBack(change.address, change.before, with: &control, progress: progress)
        guard let index = journal?.records.firstIndex(where: { $0.address == change.address })
        else { continue }
        if journal?.records[index].before == change.before {
          journal?.forget(change.address)
        } else {
          // It was changed before, and is now as that change had left it.
          journal?.records[index].driver = change.before.driver?.name
          journal?.records[index].isSettled = true
        }
      } catch {
        failures.append(error.description)
      }
    }
    if let journal {
      do throws(DeviceControlError) {
        try store.save(journal)
      } catch {
        failures.append("the journal: " + error.description)
      }
    }
    return failures
  }

  /// Checks that a function is what it was when the change was planned.
  private func check<Control: DeviceControl>(
    _ change: DriverChange, _ control: Control
  ) throws(DriverTransactionError) {
    let now: DeviceState
    do throws(DeviceControlError) {
      now = try control.state(of: change.address)
    } catch {
      throw DriverTransactionError(.refused(error))
    }
    let before = change.before
    guard now.vendorID == before.vendorID, now.deviceID == before.deviceID else {
      throw DriverTransactionError(
        .changed(change.address, was: before.ids, is: now.ids))
    }
    guard now.driver == before.driver else {
      throw DriverTransactionError(
        .changed(change.address, was: before.holder, is: now.holder))
    }
  }

  /// Takes one step; what went wrong, or `nil`.
  private func take<Control: DeviceControl>(
    _ step: DeviceStep, _ control: inout Control
  ) -> DriverTransactionError.Reason? {
    let start = control.milliseconds
    do throws(DeviceControlError) {
      switch step {
      case .perform(let action): try control.perform(action)
      case .verify(let address, let driver):
        let holder = try control.state(of: address).driver?.name
        if let driver, holder != driver {
          return .notTaken(address, wanted: driver, holder: holder)
        }
      case .verifyVirtualFunctions: break
      }
    } catch {
      return .refused(error)
    }
    let taken = control.milliseconds - start
    return taken > deadline ? .late(milliseconds: taken) : nil
  }
}

extension DeviceStep {
  /// Whether it may change which driver holds a function.
  fileprivate var touchesFunction: Bool {
    switch self {
    case .perform(.loadModule), .perform(.override): false
    default: true
    }
  }
}

extension DeviceState {
  /// The ids, as everybody writes them.
  fileprivate var ids: String {
    Identity(vendorID: vendorID, deviceID: deviceID).vendorDevice
  }

  /// The driver in words.
  fileprivate var holder: String {
    driver.map { "held by " + $0.description } ?? "without a driver"
  }
}
