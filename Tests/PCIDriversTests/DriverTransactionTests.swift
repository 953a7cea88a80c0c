// SPDX-License-Identifier: Apache-2.0

import PCI
import PCIDrivers
import PCIHost
import Testing

/// Transactions against a simulated kernel; the lab runs them against real ones.
@Suite struct DriverTransactionTests {
  private static let first = FunctionAddress(domain: 0, bus: 3, deviceFunction: 0)
  private static let second = FunctionAddress(domain: 0, bus: 3, deviceFunction: 1)

  private static func function(
    _ address: FunctionAddress, driver: String?, unit: Int? = nil, override: String? = nil
  ) -> Function {
    var function = Function(
      address: address, identity: Identity(vendorID: 0x8086, deviceID: 0x1521))
    function.driver = driver.map { DriverBinding(name: $0, unit: unit) }
    function.driverOverride = override
    return function
  }

  /// Two ports of a card, the second without a driver and with an override.
  static func machine(
    _ interface: DriverInterface = .sysfs
  ) -> (kernel: SimulatedKernel, functions: [Function]) {
    var kernel = SimulatedKernel(interface)
    kernel.drivers = ["igb", interface == .sysfs ? "vfio-pci" : "ppt"]
    let unit = interface == .devctl ? 4 : nil
    kernel.takenUnits = ["igb": [0, 1, 2, 3]]
    let functions = [
      function(first, driver: "igb", unit: unit),
      function(second, driver: nil, override: interface == .sysfs ? "nobody" : nil),
    ]
    for function in functions {
      kernel.devices[function.address] = SimulatedKernel.Device(
        state: DeviceState(
          vendorID: 0x8086, deviceID: 0x1521, driver: function.driver,
          override: function.driverOverride),
        native: "igb")
    }
    return (kernel, functions)
  }

  static func states(_ kernel: SimulatedKernel) -> [String?] {
    [first, second].flatMap { address -> [String?] in
      let device = kernel.devices[address]
      return [device?.state.driver?.description, device?.state.override, device?.fixed]
    }
  }

  static func driver(_ interface: DriverInterface) -> String {
    interface == .sysfs ? "vfio-pci" : "ppt"
  }

  @Test(arguments: [DriverInterface.sysfs, .devctl])
  func givesAllFunctionsToTheDriver(_ interface: DriverInterface) throws {
    var (kernel, functions) = Self.machine(interface)
    var store = MemoryJournal()
    let driver = Self.driver(interface)
    let transaction = DriverTransaction(functions, driver: driver, interface: interface)
    try transaction.apply(with: &kernel, journal: &store)
    for address in [Self.first, Self.second] {
      #expect(kernel.devices[address]?.state.driver?.name == driver)
    }
    #expect(store.journal.records.map(\.isSettled) == [true, true])
    #expect(!kernel.done.contains { if case .loadModule = $0 { true } else { false } })
  }

  @Test(arguments: [DriverInterface.sysfs, .devctl])
  func restoreGivesBackWhatWasBefore(_ interface: DriverInterface) throws {
    var (kernel, functions) = Self.machine(interface)
    let before = Self.states(kernel)
    var store = MemoryJournal()
    try DriverTransaction(functions, driver: Self.driver(interface), interface: interface)
      .apply(with: &kernel, journal: &store)
    #expect(Self.states(kernel) != before)
    let nothing = try DriverJournal.restore(.cutOff, with: &kernel, journal: &store)
    #expect(nothing.restored.isEmpty)
    let outcome = try DriverJournal.restore(.all, with: &kernel, journal: &store)
    #expect(outcome.failures.isEmpty)
    #expect(outcome.restored.count == 2)
    #expect(Self.states(kernel) == before)
    #expect(store.journal.records.isEmpty)
  }

  /// Killed before any step, on the way there and on the way back: restoring
  /// from what was then on the disk and in the kernel gives the host back.
  @Test(arguments: [DriverInterface.sysfs, .devctl], [false, true])
  func everyCrashIsPutBack(_ interface: DriverInterface, _ fails: Bool) throws {
    var (kernel, functions) = Self.machine(interface)
    let before = Self.states(kernel)
    let driver = Self.driver(interface)
    // Where the last step fails, the way back is cut off as well.
    if fails { kernel.refusing = [driver] }
    let transaction = DriverTransaction(functions, driver: driver, interface: interface)
    let steps = try Self.stepCount(transaction, kernel)
    #expect(steps >= (interface == .sysfs ? 7 : 4))
    for step in 1...steps {
      let recorder = Recorder(stopBefore: step)
      var crashed = Self.run(transaction, on: kernel, recorder)
      #expect(recorder.stopped)
      let outcome = try DriverJournal.restore(
        .cutOff, with: &crashed.kernel, journal: &crashed.store)
      #expect(outcome.failures.isEmpty, "step \(step)")
      #expect(Self.states(crashed.kernel) == before, "step \(step)")
      #expect(crashed.store.journal.records.isEmpty)
    }
  }

  /// Killed at any moment, a way back is known to be one, and goes on to its end.
  @Test(arguments: [DriverInterface.sysfs, .devctl])
  func everyCrashOfARestoreIsKnown(_ interface: DriverInterface) throws {
    var (kernel, functions) = Self.machine(interface)
    let before = Self.states(kernel)
    var store = MemoryJournal()
    let driver = Self.driver(interface)
    try DriverTransaction(functions, driver: driver, interface: interface)
      .apply(with: &kernel, journal: &store)
    let whole = Recorder(stopBefore: .max)
    _ = Self.restore(kernel, store, whole)
    #expect(whole.count >= 4)
    for step in 1...whole.count {
      let recorder = Recorder(stopBefore: step)
      var crashed = Self.restore(kernel, store, recorder)
      #expect(recorder.stopped)
      #expect(!crashed.store.journal.cutOff.isEmpty, "step \(step)")
      // Without --all: what was on the way goes on, and nothing is left over.
      let outcome = try DriverJournal.restore(
        .cutOff, with: &crashed.kernel, journal: &crashed.store)
      #expect(outcome.failures.isEmpty, "step \(step)")
      #expect(Self.states(crashed.kernel) == before, "step \(step)")
      #expect(crashed.store.journal.records.isEmpty)
    }
  }

  /// Restores everything on a kernel that goes dead before a step.
  private static func restore(
    _ kernel: SimulatedKernel, _ store: MemoryJournal, _ recorder: Recorder
  ) -> (kernel: SimulatedKernel, store: MemoryJournal) {
    var mortal = MortalKernel(kernel, recorder)
    var journal = MortalJournal(recorder)
    journal.memory = store
    _ = try? DriverJournal.restore(.all, with: &mortal, journal: &journal) { _ in recorder.step() }
    return (mortal.kernel, journal.memory)
  }

  /// One that cannot go back, and is as its change left it, is no change that was cut off.
  @Test func whatARestoreLeavesAsItWasStaysSettled() throws {
    var (kernel, functions) = Self.machine()
    var store = MemoryJournal()
    try DriverTransaction(functions, driver: "vfio-pci", interface: .sysfs)
      .apply(with: &kernel, journal: &store)
    let bound = kernel.devices[Self.first]
    kernel.devices[Self.first]?.state.deviceID = 0x1533
    let outcome = try DriverJournal.restore(.all, with: &kernel, journal: &store)
    #expect(outcome.failures.count == 1)
    #expect(store.journal.records.map(\.address) == [Self.first])
    #expect(store.journal.cutOff.isEmpty)
    // Half way, it is one.
    kernel.devices[Self.first] = bound
    kernel.refusing = ["igb"]
    _ = try DriverJournal.restore(.all, with: &kernel, journal: &store)
    #expect(store.journal.cutOff.map(\.address) == [Self.first])
  }

  /// The steps of a whole run, the way back included.
  private static func stepCount(
    _ transaction: DriverTransaction, _ kernel: SimulatedKernel
  ) throws -> Int {
    let recorder = Recorder(stopBefore: .max)
    _ = run(transaction, on: kernel, recorder)
    return recorder.count
  }

  /// Runs a transaction on a kernel that goes dead before a step.
  private static func run(
    _ transaction: DriverTransaction, on kernel: SimulatedKernel, _ recorder: Recorder
  ) -> (kernel: SimulatedKernel, store: MemoryJournal) {
    var mortal = MortalKernel(kernel, recorder)
    var store = MortalJournal(recorder)
    try? transaction.apply(with: &mortal, journal: &store) { _ in recorder.step() }
    var left = MemoryJournal()
    left.journal = store.memory.journal
    return (mortal.kernel, left)
  }

  /// FreeBSD gives the lowest free unit: the way back has an order of its own.
  @Test(arguments: [[0, 1], [1, 0]]) func everyFunctionGetsItsOwnUnit(_ units: [Int]) throws {
    var (kernel, _) = Self.machine(.devctl)
    kernel.takenUnits = [:]
    let functions = [
      Self.function(Self.first, driver: "igb", unit: units[0]),
      Self.function(Self.second, driver: "igb", unit: units[1]),
    ]
    for function in functions {
      kernel.devices[function.address]?.state.driver = function.driver
    }
    let before = Self.states(kernel)
    var store = MemoryJournal()
    let transaction = DriverTransaction(functions, driver: "ppt", interface: .devctl)
    try transaction.apply(with: &kernel, journal: &store)
    #expect(kernel.devices[Self.second]?.state.driver?.description == "ppt1")
    let applied = (kernel, store)
    _ = try DriverJournal.restore(.all, with: &kernel, journal: &store)
    #expect(Self.states(kernel) == before)
    (kernel, store) = applied
    #expect(transaction.rollBack(with: &kernel, journal: &store).isEmpty)
    #expect(Self.states(kernel) == before)
  }

  @Test func aFailingStepPutsEverythingBack() throws {
    var (kernel, functions) = Self.machine()
    let before = Self.states(kernel)
    var store = MemoryJournal()
    kernel.failing[.probe(Self.second)] = DeviceControlError("no memory", errorNumber: 12)
    let transaction = DriverTransaction(functions, driver: "vfio-pci", interface: .sysfs)
    let error = try #require(throws: DriverTransactionError.self) {
      try transaction.apply(with: &kernel, journal: &store)
    }
    #expect(error.notPutBack.isEmpty)
    #expect(error.description.hasSuffix("all is as it was"))
    #expect(Self.states(kernel) == before)
    #expect(store.journal.records.isEmpty)
  }

  /// The kernel says yes although nobody took the function.
  @Test func aDriverThatDoesNotComeIsNoticed() throws {
    var (kernel, functions) = Self.machine()
    kernel.refusing = ["vfio-pci"]
    var store = MemoryJournal()
    let transaction = DriverTransaction([functions[0]], driver: "vfio-pci", interface: .sysfs)
    let error = try #require(throws: DriverTransactionError.self) {
      try transaction.apply(with: &kernel, journal: &store)
    }
    #expect(error.reason == .notTaken(Self.first, wanted: "vfio-pci", holder: nil))
    #expect(kernel.devices[Self.first]?.state.driver?.name == "igb")
    #expect(kernel.devices[Self.first]?.state.override == nil)
  }

  @Test func whatCannotBePutBackIsSaidAndKept() throws {
    var (kernel, functions) = Self.machine()
    kernel.refusing = ["vfio-pci", "igb"]
    var store = MemoryJournal()
    let transaction = DriverTransaction([functions[0]], driver: "vfio-pci", interface: .sysfs)
    let error = try #require(throws: DriverTransactionError.self) {
      try transaction.apply(with: &kernel, journal: &store)
    }
    #expect(error.notPutBack.count == 1)
    #expect(store.journal.cutOff.map(\.address) == [Self.first])
    // Nobody is shut out for good.
    #expect(kernel.devices[Self.first]?.state.override == nil)
    kernel.refusing = []
    _ = try DriverJournal.restore(.cutOff, with: &kernel, journal: &store)
    #expect(kernel.devices[Self.first]?.state.driver?.name == "igb")
  }

  @Test func aStepThatTakesTooLongIsUndone() throws {
    var (kernel, functions) = Self.machine()
    let before = Self.states(kernel)
    kernel.slow[.unbind(Self.first, driver: "igb")] = 31_000
    var store = MemoryJournal()
    let transaction = DriverTransaction(functions, driver: "vfio-pci", interface: .sysfs)
    let error = try #require(throws: DriverTransactionError.self) {
      try transaction.apply(with: &kernel, journal: &store)
    }
    #expect(error.reason == .late(milliseconds: 31_000))
    #expect(Self.states(kernel) == before)
  }

  /// Bus numbers move when a card is added: the address alone is no identity.
  @Test func nothingIsBegunWhereTheDeviceIsAnother() throws {
    var (kernel, functions) = Self.machine()
    kernel.devices[Self.second]?.state.deviceID = 0x1533
    var store = MemoryJournal()
    let transaction = DriverTransaction(functions, driver: "vfio-pci", interface: .sysfs)
    let error = try #require(throws: DriverTransactionError.self) {
      try transaction.apply(with: &kernel, journal: &store)
    }
    #expect(error.description.contains("8086:1533"))
    #expect(kernel.done.isEmpty)
    #expect(store.journal.records.isEmpty)
  }

  @Test func nothingIsBegunWhereAnotherToolWasFaster() throws {
    var (kernel, functions) = Self.machine()
    kernel.devices[Self.first]?.state.driver = DriverBinding(name: "vfio-pci")
    var store = MemoryJournal()
    #expect(throws: DriverTransactionError.self) {
      try DriverTransaction(functions, driver: "pci-stub", interface: .sysfs)
        .apply(with: &kernel, journal: &store)
    }
    #expect(kernel.done.isEmpty)
  }

  @Test(arguments: [0, 1]) func aDiskThatIsFullStopsIt(_ saves: Int) throws {
    var (kernel, functions) = Self.machine()
    let before = Self.states(kernel)
    var store = MemoryJournal()
    store.savesLeft = saves
    let transaction = DriverTransaction(functions, driver: "vfio-pci", interface: .sysfs)
    #expect(throws: DriverTransactionError.self) {
      try transaction.apply(with: &kernel, journal: &store)
    }
    #expect(Self.states(kernel) == before)
    if saves == 0 { #expect(kernel.done.isEmpty) }
  }

  /// Bound twice, a function goes back to what it had before the first time.
  @Test func theFirstStateIsTheOneToGoBackTo() throws {
    var (kernel, functions) = Self.machine()
    kernel.drivers.insert("pci-stub")
    var store = MemoryJournal()
    try DriverTransaction([functions[0]], driver: "pci-stub", interface: .sysfs)
      .apply(with: &kernel, journal: &store)
    let now = Self.function(Self.first, driver: "pci-stub", override: "pci-stub")
    try DriverTransaction([now], driver: "vfio-pci", interface: .sysfs)
      .apply(with: &kernel, journal: &store)
    _ = try DriverJournal.restore(.all, with: &kernel, journal: &store)
    #expect(kernel.devices[Self.first]?.state.driver?.name == "igb")
    #expect(kernel.devices[Self.first]?.state.override == nil)
  }

  /// A second change that fails leaves the first as it was, in the journal too.
  @Test func aFailedSecondChangeKeepsTheFirst() throws {
    var (kernel, functions) = Self.machine()
    kernel.drivers.insert("pci-stub")
    kernel.refusing = ["vfio-pci"]
    var store = MemoryJournal()
    try DriverTransaction([functions[0]], driver: "pci-stub", interface: .sysfs)
      .apply(with: &kernel, journal: &store)
    let now = Self.function(Self.first, driver: "pci-stub", override: "pci-stub")
    #expect(throws: DriverTransactionError.self) {
      try DriverTransaction([now], driver: "vfio-pci", interface: .sysfs)
        .apply(with: &kernel, journal: &store)
    }
    #expect(kernel.devices[Self.first]?.state.driver?.name == "pci-stub")
    #expect(kernel.devices[Self.first]?.state.override == "pci-stub")
    #expect(store.journal.records.first?.before.driver?.name == "igb")
    #expect(store.journal.cutOff.isEmpty)
  }

  @Test func aJournalOfAnEarlierBootIsDropped() throws {
    var (kernel, functions) = Self.machine()
    var store = MemoryJournal()
    try DriverTransaction(functions, driver: "vfio-pci", interface: .sysfs)
      .apply(with: &kernel, journal: &store)
    var (fresh, _) = Self.machine()
    fresh.bootIdentifier = "second boot"
    let outcome = try DriverJournal.restore(.all, with: &fresh, journal: &store)
    #expect(outcome.wasOutdated)
    #expect(fresh.done.isEmpty)
    #expect(store.journal.records.isEmpty)
  }

  @Test func theModuleComesFirst() {
    let (_, functions) = Self.machine()
    let transaction = DriverTransaction(
      functions, driver: "vfio-pci", interface: .sysfs, module: "vfio-pci")
    #expect(
      transaction.steps.map(\.text) == [
        "modprobe vfio-pci",
        "echo vfio-pci > /sys/bus/pci/devices/0000:03:00.0/driver_override",
        "echo vfio-pci > /sys/bus/pci/devices/0000:03:00.1/driver_override",
        "echo 0000:03:00.0 > /sys/bus/pci/drivers/igb/unbind",
        "echo 0000:03:00.0 > /sys/bus/pci/drivers_probe",
        "check that vfio-pci holds 0000:03:00.0",
        "echo 0000:03:00.1 > /sys/bus/pci/drivers_probe",
        "check that vfio-pci holds 0000:03:00.1",
      ])
  }
}
