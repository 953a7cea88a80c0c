// SPDX-License-Identifier: Apache-2.0

/// The Protocol Multiplexing capability, extended id 0x001a.
///
/// PCI Express Base 4.0, appendix G.
public struct ProtocolMultiplexing: DecodedCapability {
  public static let kind = CapabilityKind(
    extended: 0x001a, "pmux", "Protocol Multiplexing", size: 16)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  public enum Capability: RegisterFields {
    static let itself = Register(4, 4, "capability")
    public static let protocolArraySize = number(0...5, "protocolArraySize")
    /// PMUX Supported Link Speeds.
    public static let supportedSpeeds = hexadecimal(8...15, "supportedSpeeds", digits: 2)
    static let fields = [protocolArraySize, supportedSpeeds]
  }

  public enum Control: RegisterFields {
    static let itself = Register(8, 4, "control")
    /// PMUX Channel 0 Assignment.
    public static let channel0Assignment = number(0...5, "channel0Assignment")
    /// PMUX Channel 1 Assignment.
    public static let channel1Assignment = number(8...13, "channel1Assignment")
    /// PMUX Channel 2 Assignment.
    public static let channel2Assignment = number(16...21, "channel2Assignment")
    /// PMUX Channel 3 Assignment.
    public static let channel3Assignment = number(24...29, "channel3Assignment")
    static let fields = [
      channel0Assignment, channel1Assignment, channel2Assignment, channel3Assignment,
    ]
  }

  public static let status = Register(0xc, 4, "status").hexadecimal()

  /// PMUX Protocol Array: authority id above protocol id.
  public static let protocols = RegisterArray(0x10, 4, "protocols") {
    Int($0[Capability.protocolArraySize] ?? 0)
  }

  public static let layout = RegisterLayout(
    registers: [
      Capability.fields, Control.fields, [status],
    ], [protocols])
}
