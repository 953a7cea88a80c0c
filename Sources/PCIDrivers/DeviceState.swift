// SPDX-License-Identifier: Apache-2.0

public import PCI

/// What the kernel says of one function right now.
public struct DeviceState: Hashable, Sendable {
  /// The vendor and device ids: the same address may be another device's after a hot-plug.
  public var vendorID: UInt16
  /// The device id.
  public var deviceID: UInt16
  /// The driver that holds it; `nil` where none does.
  public var driver: DriverBinding?
  /// The only driver that may take it; `nil` where any may, and on FreeBSD.
  public var override: String?

  /// Records a state.
  public init(
    vendorID: UInt16, deviceID: UInt16, driver: DriverBinding? = nil, override: String? = nil
  ) {
    self.vendorID = vendorID
    self.deviceID = deviceID
    self.driver = driver
    self.override = override
  }
}
