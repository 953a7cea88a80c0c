// SPDX-License-Identifier: Apache-2.0

/// The subsystem ids of a bridge, id 0x0d.
///
/// PCI Express Base 6.0, section 7.9.23.
public struct BridgeSubsystem: DecodedCapability {
  public static let kind = CapabilityKind(
    standard: 0x0d, "ssvid", "Bridge Subsystem Vendor ID", size: 8)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  /// Subsystem Vendor ID (SSVID).
  public static let subsystemVendorID = Register(4, 2, "subsystemVendorID").hexadecimal()
  /// Subsystem ID (SSID).
  public static let subsystemID = Register(6, 2, "subsystemID").hexadecimal()

  public static let layout = RegisterLayout([subsystemVendorID, subsystemID])

  /// Subsystem Vendor ID (SSVID).
  public var subsystemVendorID: UInt16 { bits(Self.subsystemVendorID) }
  /// Subsystem ID (SSID).
  public var subsystemID: UInt16 { bits(Self.subsystemID) }
}
