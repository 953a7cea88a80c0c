// SPDX-License-Identifier: Apache-2.0

/// The Data Link Feature capability, extended id 0x0025.
///
/// PCI Express Base 6.0, section 7.7.4.
public struct DataLinkFeature: DecodedCapability {
  /// Its id and names, and the bytes that it takes at least.
  public static let kind = CapabilityKind(extended: 0x0025, "dlf", "Data Link Feature", size: 12)
  /// Its registers.
  public let registers: RegisterBytes
  /// Takes the registers.
  public init(_ registers: RegisterBytes) { self.registers = registers }

  /// Data Link Feature Capabilities.
  public enum Capabilities: RegisterFields {
    static let itself = Register(4, 4, "capabilities")
    /// Local Scaled Flow Control Supported.
    public static let localScaledFlowControlSupported = flag(0, "localScaledFlowControlSupported")
    /// Local Data Link Feature Supported.
    public static let localFeatures = hexadecimal(0...22, "localFeatures", digits: 6)
    /// Data Link Feature Exchange Enable.
    public static let exchangeEnable = flag(31, "exchangeEnable")
    static let fields = [localScaledFlowControlSupported, localFeatures, exchangeEnable]
  }

  /// Data Link Feature Status.
  public enum Status: RegisterFields {
    static let itself = Register(8, 4, "status")
    /// Remote Scaled Flow Control Supported.
    public static let remoteScaledFlowControlSupported = flag(0, "remoteScaledFlowControlSupported")
    /// Remote Data Link Feature Supported.
    public static let remoteFeatures = hexadecimal(0...22, "remoteFeatures", digits: 6)
    /// Remote Data Link Feature Supported Valid.
    public static let remoteValid = flag(31, "remoteValid")
    static let fields = [remoteScaledFlowControlSupported, remoteFeatures, remoteValid]
  }

  /// The fields, in register order.
  public static let layout = RegisterLayout(registers: [Capabilities.fields, Status.fields])
}
