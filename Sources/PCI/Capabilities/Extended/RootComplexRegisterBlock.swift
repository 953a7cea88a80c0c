// SPDX-License-Identifier: Apache-2.0

/// The RCRB Header capability, extended id 0x000a.
///
/// PCI Express Base 6.0, section 7.9.7.
public struct RootComplexRegisterBlock: DecodedCapability {
  /// Its id and names, and the bytes that it takes at least.
  public static let kind = CapabilityKind(
    extended: 0x000a, "rcrb", "Root Complex Register Block Header", size: 16)
  /// Its registers.
  public let registers: RegisterBytes
  /// Takes the registers.
  public init(_ registers: RegisterBytes) { self.registers = registers }

  /// RCRB Vendor ID.
  public static let vendorID = Register(4, 2, "vendorID").hexadecimal()
  /// RCRB Device ID.
  public static let deviceID = Register(6, 2, "deviceID").hexadecimal()

  /// RCRB Capabilities.
  public enum Capabilities: RegisterFields {
    static let itself = Register(8, 4, "capabilities")
    /// Configuration RRS Software Visibility.
    public static let crsSoftwareVisibility = flag(0, "crsSoftwareVisibility")
    static let fields = [crsSoftwareVisibility]
  }

  /// RCRB Control.
  public enum Control: RegisterFields {
    static let itself = Register(0xc, 4, "control")
    /// Configuration RRS Software Visibility Enable.
    public static let crsSoftwareVisibilityEnable = flag(0, "crsSoftwareVisibilityEnable")
    static let fields = [crsSoftwareVisibilityEnable]
  }

  /// The fields, in register order.
  public static let layout = RegisterLayout(registers: [
    [vendorID, deviceID], Capabilities.fields, Control.fields,
  ])
}
