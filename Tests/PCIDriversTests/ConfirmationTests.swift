// SPDX-License-Identifier: Apache-2.0

import PCI
import PCIDrivers
import PCIHost
import Testing

@Suite("What comes in between, and what is gone") struct ConfirmationTests {
  /// A mount, a route or a guest that came in between: asked when the module is loaded, before
  /// the first function is touched, and all is as it was.
  @Test(arguments: [DriverInterface.sysfs, .devctl])
  func decidesAnewBeforeTheFirstUnbind(_ interface: DriverInterface) throws {
    var (kernel, functions) = DriverTransactionTests.machine(interface)
    let before = DriverTransactionTests.states(kernel)
    var store = MemoryJournal()
    let transaction = DriverTransaction(
      functions, driver: DriverTransactionTests.driver(interface), interface: interface,
      module: "late")
    let error = #expect(throws: DriverTransactionError.self) {
      try transaction.apply(
        with: &kernel, journal: &store,
        confirm: { () throws(DeviceControlError) in throw DeviceControlError("it was mounted") })
    }
    #expect(error?.description.contains("it was mounted") == true)
    #expect(error?.notPutBack == [])
    #expect(kernel.drivers.contains("late"))
    #expect(DriverTransactionTests.states(kernel) == before)
    #expect(store.journal.records.isEmpty)
    for action in kernel.done {
      switch action {
      case .unbind, .setDriver, .detach: Issue.record("\(action.commandLine)")
      default: continue
      }
    }
  }

  @Test(arguments: [DriverInterface.sysfs, .devctl])
  func theWayBackIsDecidedAnewToo(_ interface: DriverInterface) throws {
    var (kernel, functions) = DriverTransactionTests.machine(interface)
    var store = MemoryJournal()
    try DriverTransaction(
      functions, driver: DriverTransactionTests.driver(interface), interface: interface
    )
    .apply(with: &kernel, journal: &store)
    let (states, journal) = (DriverTransactionTests.states(kernel), store.journal)
    #expect(throws: DeviceControlError("a guest has it")) {
      try DriverJournal.restore(
        .all, with: &kernel, journal: &store,
        confirm: { () throws(DeviceControlError) in throw DeviceControlError("a guest has it") })
    }
    #expect(DriverTransactionTests.states(kernel) == states)
    #expect(store.journal == journal)
  }

  /// What was unplugged, and what stands at its address now, need no way back.
  @Test(arguments: [false, true]) func recordsOfGoneFunctionsAreDropped(_ isReplaced: Bool) throws {
    var (kernel, functions) = DriverTransactionTests.machine(.sysfs)
    var store = MemoryJournal()
    try DriverTransaction(functions, driver: "vfio-pci", interface: .sysfs)
      .apply(with: &kernel, journal: &store)
    let gone = functions[0].address
    let other = DeviceState(
      vendorID: 0x144d, deviceID: 0xa80a, driver: DriverBinding(name: "nvme"))
    kernel.devices[gone] = isReplaced ? SimulatedKernel.Device(state: other, native: "nvme") : nil
    let choice =
      isReplaced ? DriverJournal.Choice.these(functions.map(\.address)) : .all
    let outcome = try DriverJournal.restore(choice, with: &kernel, journal: &store)
    #expect(outcome.failures == [])
    #expect(outcome.gone == [gone])
    #expect(outcome.restored.map(\.address) == [functions[1].address])
    #expect(store.journal.records.isEmpty)
    // Nothing was done to what is there now.
    #expect(!isReplaced || kernel.devices[gone]?.state == other)
  }
}
