// SPDX-License-Identifier: Apache-2.0

public import PCI
public import PCIDrivers
internal import PCIHost
internal import PassthruReport

/// A change that a front is asked to show, or to carry out.
public struct ChangeRequest: Sendable {
  /// The options that all subcommands have.
  public let common: CommonOptions
  /// The options of changes.
  public let options: ChangeOptions
  /// The subcommand.
  let name: String
  /// Whether it puts back what was changed.
  let isRestoring: Bool
  /// Decides what to do to the host, and whether it may.
  let decide: @Sendable (ChangeSituation) throws(SelectorError) -> ChangeDecision

  /// Whether it can say nothing true without the journal of changes.
  ///
  /// To look at what would be done needs no journal, and no root; to say that
  /// there is nothing to put back does.
  var needsJournal: Bool { options.applies || isRestoring }

  /// What the process does that waits for a kernel which does not answer, in words.
  public var afterWaiting: String {
    switch name {
    case "bind":
      "waits, and takes everything back when it returns: passthru restore shows whether that was "
        + "done"
    case "unbind", "restore":
      "waits, and goes on when it returns: passthru restore shows what is left"
    default: "waits, and ends when it returns: what it asked for is done then"
    }
  }

  /// Tells the kernel, and says what came of it.
  ///
  /// - Parameters:
  ///   - control: The kernel.
  ///   - open: Opens the journal, which one process at a time has.
  ///   - confirm: Decides anew, with the journal open: called when modules are loaded, right
  ///     before the first function is touched.
  ///   - virtualFunctionCount: How many virtual functions a function has now.
  ///   - progress: Called before each step.
  public func carryOut<Control: DeviceControl, Store: DriverJournalStore & ~Copyable>(
    _ change: HostChange, with control: inout Control,
    journal open: () throws(DeviceControlError) -> Store,
    confirm: () throws(DeviceControlError) -> Void = {},
    virtualFunctionCount: (FunctionAddress) -> UInt16?, progress: (DeviceStep) -> Void
  ) -> CommandResult {
    var messages: [String] = []
    var lines: [String] = []
    do throws(DeviceControlError) {
      switch change.work {
      case .transaction(let transaction):
        var store = try open()
        do throws(DriverTransactionError) {
          try transaction.apply(
            with: &control, journal: &store, progress: progress, confirm: confirm)
        } catch {
          messages.append("passthru: " + error.description)
        }
        for change in transaction.changes {
          lines.append(Self.holder(of: change.address, control, before: change.before.driver))
        }
        if messages.isEmpty { messages = Self.keptByLoader(transaction, control) }
      case .restore(let choice):
        var store = try open()
        let records = try store.load().records
        let outcome = try DriverJournal.restore(
          choice, with: &control, journal: &store, progress: progress, confirm: confirm)
        if outcome.wasOutdated {
          lines.append("The machine was started again since: its drivers are as they boot.")
        }
        for address in outcome.gone {
          lines.append("\(address) is gone: there is nothing to give back")
        }
        for (address, driver) in outcome.restored {
          let item = change.report.items.first { $0.address == address }
          var line = Self.holder(of: address, control, from: item?.from)
          let before = records.first { $0.address == address }?.before.driver
          if let before, let driver, before != driver {
            line += ", and \(before) before: its unit was taken, or a lower one was free"
          }
          lines.append(line)
        }
        messages.append(contentsOf: outcome.failures.map { "passthru: " + $0 })
      case .steps(let steps):
        // Kept open, so that nobody else changes drivers meanwhile.
        let store = try open()
        _ = try store.load()
        try confirm()
        try carryOut(steps, &control, virtualFunctionCount, progress)
        lines.append("done")
      }
    } catch {
      messages.append("passthru: " + error.description)
    }
    let status: ExitStatus = messages.isEmpty ? .done : .blocked
    guard common.format == .text else {
      return .json(messages: messages, status: status) {
        change.report.write(into: &$0, isApplied: messages.isEmpty)
      }
    }
    if messages.isEmpty, let undo = change.report.undo { lines.append("To take it back: " + undo) }
    var text = ""
    for line in lines { text += line + "\n" }
    return CommandResult(text, messages: messages, status: status)
  }

  private func carryOut<Control: DeviceControl>(
    _ steps: [DeviceStep], _ control: inout Control,
    _ virtualFunctionCount: (FunctionAddress) -> UInt16?, _ progress: (DeviceStep) -> Void
  ) throws(DeviceControlError) {
    for step in steps {
      progress(step)
      switch step {
      case .perform(let action): try control.perform(action)
      case .verify: continue
      case .verifyVirtualFunctions(let address, let count):
        let now = virtualFunctionCount(address)
        guard now == count else {
          throw DeviceControlError(
            "\(address) has \(now.map { String($0) } ?? "no") virtual functions and not \(count)",
            remedy: "see the kernel's log: dmesg")
        }
      }
    }
  }

  /// Who holds a function now, in words; on FreeBSD with what held it before.
  private static func holder<Control: DeviceControl>(
    of address: FunctionAddress, _ control: Control, before: DriverBinding?
  ) -> String {
    holder(of: address, control, from: before?.description ?? "no driver")
  }

  private static func holder<Control: DeviceControl>(
    of address: FunctionAddress, _ control: Control, from: String?
  ) -> String {
    do throws(DeviceControlError) {
      let driver = try control.state(of: address).driver
      if control.interface == .devctl, let from {
        let now = driver?.description ?? "no driver"
        let place = control.interface.spelling(address)
        return from == now ? "\(place)  \(now)" : "\(place)  \(from) -> \(now)"
      }
      guard let driver else { return "\(address) has no driver" }
      return "\(address) is held by \(driver)"
    } catch {
      return error.description
    }
  }

  /// Functions that FreeBSD would not take from ppt, since no devctl gave them to it.
  private static func keptByLoader<Control: DeviceControl>(
    _ transaction: DriverTransaction, _ control: Control
  ) -> [String] {
    guard transaction.interface == .devctl else { return [] }
    return transaction.changes.compactMap { change in
      guard change.driver == nil, let driver = change.before.driver,
        (try? control.state(of: change.address))?.driver == driver
      else { return nil }
      return "passthru: \(change.address.freeBSDSelector) stays with \(driver), which the kernel's "
        + "own choice is: take it out of pptdevs in /boot/loader.conf and start again, "
        + "or passthru bind --driver NAME"
    }
  }
}
