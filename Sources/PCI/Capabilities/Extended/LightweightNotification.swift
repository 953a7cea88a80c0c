// SPDX-License-Identifier: Apache-2.0

/// The LN Requester capability, extended id 0x001c.
///
/// PCI Express Base 4.0, LN Requester Extended Capability.
public struct LightweightNotification: DecodedCapability {
  public static let kind = CapabilityKind(extended: 0x001c, "lnr", "LN Requester", size: 8)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  public enum Capability: RegisterFields {
    static let itself = Register(4, 2, "capability")
    /// LNR-64 Supported.
    public static let cacheLine64Supported = flag(0, "cacheLine64Supported")
    /// LNR-128 Supported.
    public static let cacheLine128Supported = flag(1, "cacheLine128Supported")
    /// LNR Registration Max, as a power of two.
    public static let maxRegistrations = number(8...12, "maxRegistrations")
    static let fields = [cacheLine64Supported, cacheLine128Supported, maxRegistrations]
  }

  public enum Control: RegisterFields {
    static let itself = Register(6, 2, "control")
    public static let enable = flag(0, "enable")
    /// LNR CLS: 128-byte cache lines.
    public static let cacheLine128 = flag(1, "cacheLine128")
    /// LNR Registration Limit, as a power of two.
    public static let registrationLimit = number(8...12, "registrationLimit")
    static let fields = [enable, cacheLine128, registrationLimit]
  }

  public static let layout = RegisterLayout(registers: [Capability.fields, Control.fields])
}
