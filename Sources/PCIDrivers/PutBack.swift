// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// The order in which functions go back: the last that was changed first.
///
/// FreeBSD gives a function the lowest unit that is free, whichever it had: there
/// the lowest unit goes first, so that each gets its own.
func orderOfReturn<Element>(
  _ elements: [Element], through interface: DriverInterface,
  _ before: @Sendable (Element) -> DeviceState
) -> [Element] {
  guard interface == .devctl else { return elements.reversed() }
  return elements.reversed().sorted {
    (before($0).driver?.unit ?? .max) < (before($1).driver?.unit ?? .max)
  }
}

/// Gives one function back to the driver it had, from whatever state it is in.
///
/// It reads where the function stands at each point, and so may be called
/// again after it was cut off.
func putBack<Control: DeviceControl>(
  _ address: FunctionAddress, _ before: DeviceState, with control: inout Control,
  progress: (DeviceStep) -> Void
) throws(DriverTransactionError) {
  let now = try state(of: address, control)
  guard now.vendorID == before.vendorID, now.deviceID == before.deviceID else {
    throw DriverTransactionError(
      .changed(
        address, was: Identity(vendorID: before.vendorID, deviceID: before.deviceID).vendorDevice,
        is: Identity(vendorID: now.vendorID, deviceID: now.deviceID).vendorDevice))
  }
  switch control.interface {
  case .sysfs: try putBackThroughSysfs(address, before, now, &control, progress)
  case .devctl: try putBackThroughDevctl(address, before, now, &control, progress)
  }
}

private func putBackThroughSysfs<Control: DeviceControl>(
  _ address: FunctionAddress, _ before: DeviceState, _ now: DeviceState,
  _ control: inout Control, _ progress: (DeviceStep) -> Void
) throws(DriverTransactionError) {
  var override = now.override
  if now.driver?.name != before.driver?.name {
    if let driver = now.driver {
      try tell(.unbind(address, driver: driver.name), &control, progress)
    }
    if let driver = before.driver {
      // The override names the driver of before even where another one matches
      // the ids as well, and where its id was a dynamic one that is gone.
      if override != driver.name {
        try tell(.override(address, driver: driver.name), &control, progress)
        override = driver.name
      }
      try tell(.probe(address), &control, progress)
      progress(.verify(address, driver: driver.name))
      let holder = try state(of: address, control).driver?.name
      guard holder == driver.name else {
        // Nobody else is shut out for a driver that did not come.
        try? tell(.override(address, driver: before.override), &control, progress)
        throw DriverTransactionError(
          .notTaken(address, wanted: driver.name, holder: holder),
          step: .verify(address, driver: driver.name), notPutBack: [address.description])
      }
    }
  }
  if override != before.override {
    try tell(.override(address, driver: before.override), &control, progress)
  }
}

private func putBackThroughDevctl<Control: DeviceControl>(
  _ address: FunctionAddress, _ before: DeviceState, _ now: DeviceState,
  _ control: inout Control, _ progress: (DeviceStep) -> Void
) throws(DriverTransactionError) {
  guard let driver = before.driver else {
    // Without a driver it can still have the name of one that was set for it and
    // did not take it: that is cleared, and no driver may come in its place.
    try tell(.clearDriver(address), &control, progress)
    if try state(of: address, control).driver != nil {
      try tell(.detach(address), &control, progress)
    }
    return
  }
  guard now.driver?.name != driver.name else { return }
  try tell(.clearDriver(address), &control, progress)
  if try state(of: address, control).driver?.name != driver.name {
    try tell(.setDriver(address, driver: driver.name), &control, progress)
  }
  progress(.verify(address, driver: driver.name))
  let holder = try state(of: address, control).driver?.name
  guard holder == driver.name else {
    throw DriverTransactionError(
      .notTaken(address, wanted: driver.name, holder: holder),
      step: .verify(address, driver: driver.name), notPutBack: [address.description])
  }
}

private func tell<Control: DeviceControl>(
  _ action: DeviceAction, _ control: inout Control, _ progress: (DeviceStep) -> Void
) throws(DriverTransactionError) {
  progress(.perform(action))
  do throws(DeviceControlError) {
    try control.perform(action)
  } catch {
    throw DriverTransactionError(
      .refused(error), step: .perform(action),
      notPutBack: [action.address?.description ?? action.commandLine])
  }
}

private func state<Control: DeviceControl>(
  of address: FunctionAddress, _ control: Control
) throws(DriverTransactionError) -> DeviceState {
  do throws(DeviceControlError) {
    return try control.state(of: address)
  } catch {
    throw DriverTransactionError(.refused(error), notPutBack: [address.description])
  }
}
