// SPDX-License-Identifier: Apache-2.0

/// The Device Serial Number capability, extended id 0x0003.
///
/// PCI Express Base 6.0, section 7.9.3.
public struct DeviceSerialNumber: DecodedCapability {
  public static let kind = CapabilityKind(extended: 0x0003, "dsn", "Device Serial Number", size: 12)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  /// Serial Number, an EUI-64, which can contain a network address of the device.
  public static let serialNumber = Register(4, 8, "serialNumber").hexadecimal()

  public static let layout = RegisterLayout([serialNumber])
}
