// SPDX-License-Identifier: Apache-2.0

/// Who made a function and what it is, as its header says.
///
/// PCI Local Bus 3.0, section 6.2.1; the subsystem pair, 6.2.4.
public struct Identity: Hashable, Sendable {
  /// The vendor id, assigned by the PCI-SIG.
  public var vendorID: UInt16
  /// The device id, assigned by the vendor.
  public var deviceID: UInt16
  /// The vendor id of the board; `nil` where the header has none or it was not read.
  public var subsystemVendorID: UInt16?
  /// The device id of the board; `nil` where the header has none or it was not read.
  public var subsystemID: UInt16?
  /// The revision of the device; `nil` where it was not read.
  public var revisionID: UInt8?

  /// Records the ids of a function.
  public init(
    vendorID: UInt16, deviceID: UInt16, subsystemVendorID: UInt16? = nil,
    subsystemID: UInt16? = nil, revisionID: UInt8? = nil
  ) {
    self.vendorID = vendorID
    self.deviceID = deviceID
    self.subsystemVendorID = subsystemVendorID
    self.subsystemID = subsystemID
    self.revisionID = revisionID
  }

  /// Vendor and device as everybody writes them: `8086:1521`.
  public var vendorDevice: String {
    vendorID.hexadecimal(width: 4) + ":" + deviceID.hexadecimal(width: 4)
  }
}

extension Identity: CustomStringConvertible {
  /// Vendor and device as everybody writes them: `8086:1521`.
  public var description: String { vendorDevice }
}
