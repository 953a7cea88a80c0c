// SPDX-License-Identifier: Apache-2.0

/// The RCRB Header capability, extended id 0x000a.
///
/// PCI Express Base 6.0, section 7.9.7.
public struct RootComplexRegisterBlock: DecodedCapability {
  public static let kind = CapabilityKind(
    extended: 0x000a, "rcrb", "Root Complex Register Block Header", size: 16)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  public static let vendorID = Register(4, 2, "vendorID").hexadecimal()
  public static let deviceID = Register(6, 2, "deviceID").hexadecimal()

  public enum Capabilities: RegisterFields {
    static let itself = Register(8, 4, "capabilities")
    /// Configuration RRS Software Visibility.
    public static let crsSoftwareVisibility = flag(0, "crsSoftwareVisibility")
    static let fields = [crsSoftwareVisibility]
  }

  public enum Control: RegisterFields {
    static let itself = Register(0xc, 4, "control")
    /// Configuration RRS Software Visibility Enable.
    public static let crsSoftwareVisibilityEnable = flag(0, "crsSoftwareVisibilityEnable")
    static let fields = [crsSoftwareVisibilityEnable]
  }

  public static let layout = RegisterLayout(registers: [
    [vendorID, deviceID], Capabilities.fields, Control.fields,
  ])
}
