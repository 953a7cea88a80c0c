// SPDX-License-Identifier: Apache-2.0

/// The PASID capability, extended id 0x001b.
///
/// PCI Express Base 6.0, section 7.8.9.
public struct ProcessAddressSpaceID: DecodedCapability {
  /// Its id and names, and the bytes that it takes at least.
  public static let kind = CapabilityKind(
    extended: 0x001b, "pasid", "Process Address Space ID", size: 8)
  /// Its registers.
  public let registers: RegisterBytes
  /// Takes the registers.
  public init(_ registers: RegisterBytes) { self.registers = registers }

  /// PASID Capability.
  public enum Capability: RegisterFields {
    static let itself = Register(4, 2, "capability")
    /// Execute Permission Supported.
    public static let executePermissionSupported = flag(1, "executePermissionSupported")
    /// Privileged Mode Supported.
    public static let privilegedModeSupported = flag(2, "privilegedModeSupported")
    /// Max PASID Width, in bits.
    public static let maxWidth = number(8...12, "maxWidth")
    static let fields = [executePermissionSupported, privilegedModeSupported, maxWidth]
  }

  /// PASID Control.
  public enum Control: RegisterFields {
    static let itself = Register(6, 2, "control")
    /// PASID Enable.
    public static let enable = flag(0, "enable")
    /// Execute Permission Enable.
    public static let executePermissionEnable = flag(1, "executePermissionEnable")
    /// Privileged Mode Enable.
    public static let privilegedModeEnable = flag(2, "privilegedModeEnable")
    static let fields = [enable, executePermissionEnable, privilegedModeEnable]
  }

  /// The fields, in register order.
  public static let layout = RegisterLayout(registers: [Capability.fields, Control.fields])

  /// PASID Enable.
  public var isEnabled: Bool { flag(Control.enable) }
  /// Max PASID Width, in bits.
  public var maxWidth: UInt16 { bits(Capability.maxWidth) }
}
