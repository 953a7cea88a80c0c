// SPDX-License-Identifier: Apache-2.0
//
// Starts to bind functions to vfio-pci and dies by SIGKILL before one of the
// steps, so that the lab can see what a crash leaves and what `restore` makes
// of it:
//
//     crash-at-step STEP DIRECTORY ADDRESS...
//
// STEP counts from 1; the number of steps + 1 is after the last. DIRECTORY is
// the journal's. Prints how many steps there are. The way back counts on: with
// a driver that refuses (DRIVER in the environment), it can be cut off as well.

import Glibc
import PCI
import PCIBus
import PCIDrivers
import PCIHost

let arguments = Array(CommandLine.arguments.dropFirst())
guard arguments.count >= 3, let last = Int(arguments[0]) else {
  print("usage: crash-at-step STEP DIRECTORY ADDRESS...")
  exit(64)
}
let host = try SysfsScanner(root: "/sys").scan(.full)
let functions = arguments.dropFirst(2).compactMap { text in
  FunctionAddress(text).flatMap { host.function(at: $0) }
}
let driver = environmentDriver() ?? "vfio-pci"
var control = SysfsControl()
let transaction = DriverTransaction(
  functions, driver: driver, interface: .sysfs,
  module: control.hasDriver(driver) ? nil : driver)
print("steps \(transaction.steps.count)")
fflush(nil)
var taken = 0
let progress: (DeviceStep) -> Void = { step in
  taken += 1
  if taken == last { kill(getpid(), SIGKILL) }
}
do {
  var store = try JournalFile(directory: arguments[1])
  try transaction.apply(with: &control, journal: &store, progress: progress)
  if last > taken { kill(getpid(), SIGKILL) }
} catch {
  print("failed after \(taken): \(error)")
  exit(1)
}

/// The driver that the environment names.
func environmentDriver() -> String? {
  guard let value = unsafe getenv("DRIVER") else { return nil }
  return unsafe String(validatingCString: value)
}
