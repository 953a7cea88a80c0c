// SPDX-License-Identifier: Apache-2.0

/// The PASID capability, extended id 0x001b.
///
/// PCI Express Base 6.0, section 7.8.9.
public struct ProcessAddressSpaceID: DecodedCapability {
  public static let kind = CapabilityKind(
    extended: 0x001b, "pasid", "Process Address Space ID", size: 8)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  public enum Capability: RegisterFields {
    static let itself = Register(4, 2, "capability")
    public static let executePermissionSupported = flag(1, "executePermissionSupported")
    public static let privilegedModeSupported = flag(2, "privilegedModeSupported")
    /// Max PASID Width, in bits.
    public static let maxWidth = number(8...12, "maxWidth")
    static let fields = [executePermissionSupported, privilegedModeSupported, maxWidth]
  }

  public enum Control: RegisterFields {
    static let itself = Register(6, 2, "control")
    public static let enable = flag(0, "enable")
    public static let executePermissionEnable = flag(1, "executePermissionEnable")
    public static let privilegedModeEnable = flag(2, "privilegedModeEnable")
    static let fields = [enable, executePermissionEnable, privilegedModeEnable]
  }

  public static let layout = RegisterLayout(registers: [Capability.fields, Control.fields])

  /// PASID Enable.
  public var isEnabled: Bool { flag(Control.enable) }
  /// Max PASID Width, in bits.
  public var maxWidth: UInt16 { bits(Capability.maxWidth) }
}
