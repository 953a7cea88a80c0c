// SPDX-License-Identifier: Apache-2.0

import PCI
import PCIDrivers
import PCIHost

/// Counts steps, and says when the process is dead.
final class Recorder {
  private let stopBefore: Int
  private(set) var count = 0
  init(stopBefore: Int) { self.stopBefore = stopBefore }
  var stopped: Bool { count >= stopBefore }
  func step() { count += 1 }
}

/// A kernel that a dead process tells nothing.
struct MortalKernel: DeviceControl {
  var kernel: SimulatedKernel
  private let recorder: Recorder
  init(_ kernel: SimulatedKernel, _ recorder: Recorder) {
    self.kernel = kernel
    self.recorder = recorder
  }
  var interface: DriverInterface { kernel.interface }
  var bootIdentifier: String? { kernel.bootIdentifier }
  var milliseconds: Int64 { kernel.milliseconds }
  func state(of address: FunctionAddress) throws(DeviceControlError) -> DeviceState {
    try kernel.state(of: address)
  }
  func hasDriver(_ name: String) -> Bool { kernel.hasDriver(name) }
  mutating func perform(_ action: DeviceAction) throws(DeviceControlError) {
    if !recorder.stopped { try kernel.perform(action) }
  }
}

/// A disk that a dead process writes nothing to.
struct MortalJournal: DriverJournalStore {
  var memory = MemoryJournal()
  private let recorder: Recorder
  init(_ recorder: Recorder) { self.recorder = recorder }
  func load() throws(DeviceControlError) -> DriverJournal { try memory.load() }
  mutating func save(_ journal: DriverJournal) throws(DeviceControlError) {
    if !recorder.stopped { try memory.save(journal) }
  }
}
