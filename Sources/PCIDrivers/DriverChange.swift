// SPDX-License-Identifier: Apache-2.0

public import PCI

/// What a transaction does to one function.
public struct DriverChange: Hashable, Sendable {
  /// The function.
  public var address: FunctionAddress
  /// What the kernel said of it before.
  public var before: DeviceState
  /// The driver it is to have; `nil` gives it to whichever the kernel chooses.
  public var driver: String?

  /// Describes a change.
  public init(address: FunctionAddress, before: DeviceState, driver: String?) {
    self.address = address
    self.before = before
    self.driver = driver
  }

  /// Whether there is nothing to do.
  public var isDone: Bool {
    guard let driver else { return false }
    return before.driver?.name == driver
  }
}
