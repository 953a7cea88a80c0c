// SPDX-License-Identifier: Apache-2.0

/// The registers of the DVSEC for multi-logical devices, DVSEC id 9.
///
/// Compute Express Link 3.0, section 8.1.10.
public struct ComputeExpressLinkMultiLogicalDevice: CapabilityPart {
  public static let part = PartKind(9, "DVSEC for Multi-Logical Devices", size: 14)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  /// Number of LDs Supported.
  public static let logicalDevices = Register(0xa, 2, "logicalDevices").number()
  /// LD-ID Hot Reset Vector.
  public static let hotResetVector = Register(0xc, 2, "hotResetVector").hexadecimal()

  public static let layout = RegisterLayout([logicalDevices, hotResetVector])
}
