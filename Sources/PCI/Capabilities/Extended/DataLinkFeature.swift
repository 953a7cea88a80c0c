// SPDX-License-Identifier: Apache-2.0

/// The Data Link Feature capability, extended id 0x0025.
///
/// PCI Express Base 6.0, section 7.7.4.
public struct DataLinkFeature: DecodedCapability {
  public static let kind = CapabilityKind(extended: 0x0025, "dlf", "Data Link Feature", size: 12)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  public enum Capabilities: RegisterFields {
    static let itself = Register(4, 4, "capabilities")
    public static let localScaledFlowControlSupported = flag(0, "localScaledFlowControlSupported")
    public static let localFeatures = hexadecimal(0...22, "localFeatures", digits: 6)
    public static let exchangeEnable = flag(31, "exchangeEnable")
    static let fields = [localScaledFlowControlSupported, localFeatures, exchangeEnable]
  }

  public enum Status: RegisterFields {
    static let itself = Register(8, 4, "status")
    public static let remoteScaledFlowControlSupported = flag(0, "remoteScaledFlowControlSupported")
    public static let remoteFeatures = hexadecimal(0...22, "remoteFeatures", digits: 6)
    public static let remoteValid = flag(31, "remoteValid")
    static let fields = [remoteScaledFlowControlSupported, remoteFeatures, remoteValid]
  }

  public static let layout = RegisterLayout(registers: [Capabilities.fields, Status.fields])
}
