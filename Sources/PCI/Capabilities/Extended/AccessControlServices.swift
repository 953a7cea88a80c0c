// SPDX-License-Identifier: Apache-2.0

/// The ACS capability, extended id 0x000d.
///
/// PCI Express Base 6.0, section 7.7.11. Isolation between devices rests on it.
public struct AccessControlServices: DecodedCapability {
  public static let kind = CapabilityKind(
    extended: 0x000d, "acs", "Access Control Services", size: 8)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  public enum Capability: RegisterFields {
    static let itself = Register(4, 2, "capability")
    public static let sourceValidation = flag(0, "sourceValidation")
    public static let translationBlocking = flag(1, "translationBlocking")
    public static let requestRedirect = flag(2, "requestRedirect")
    public static let completionRedirect = flag(3, "completionRedirect")
    public static let upstreamForwarding = flag(4, "upstreamForwarding")
    public static let egressControl = flag(5, "egressControl")
    public static let directTranslated = flag(6, "directTranslated")
    public static let enhanced = flag(7, "enhanced")
    public static let egressControlVectorSize = number(8...15, "egressControlVectorSize")
    static let fields = [
      sourceValidation, translationBlocking, requestRedirect, completionRedirect,
      upstreamForwarding, egressControl, directTranslated, enhanced, egressControlVectorSize,
    ]
  }

  public enum Control: RegisterFields {
    static let itself = Register(6, 2, "control")
    public static let sourceValidation = flag(0, "sourceValidation")
    public static let translationBlocking = flag(1, "translationBlocking")
    public static let requestRedirect = flag(2, "requestRedirect")
    public static let completionRedirect = flag(3, "completionRedirect")
    public static let upstreamForwarding = flag(4, "upstreamForwarding")
    public static let egressControl = flag(5, "egressControl")
    public static let directTranslated = flag(6, "directTranslated")
    /// I/O request blocking.
    public static let ioRequestBlocking = flag(7, "ioRequestBlocking")
    public static let downstreamMemoryTargetAccess = number(8...9, "downstreamMemoryTargetAccess")
    public static let upstreamMemoryTargetAccess = number(10...11, "upstreamMemoryTargetAccess")
    public static let unclaimedRequestRedirect = flag(12, "unclaimedRequestRedirect")
    static let fields = [
      sourceValidation, translationBlocking, requestRedirect, completionRedirect,
      upstreamForwarding, egressControl, directTranslated, ioRequestBlocking,
      downstreamMemoryTargetAccess, upstreamMemoryTargetAccess, unclaimedRequestRedirect,
    ]
  }

  /// Egress Control Vector, 32 ports in each; empty without egress control.
  public static let egressControlVector = RegisterArray(
    8, 4, "egressControlVector", isOptional: true
  ) {
    guard $0[Capability.egressControl] == 1, let size = $0[Capability.egressControlVectorSize]
    else { return 0 }
    // The size 0 stands for 256 ports.
    return size == 0 ? 8 : (Int(size) + 31) / 32
  }

  public static let layout = RegisterLayout(
    registers: [
      Capability.fields, Control.fields,
    ], [egressControlVector])

  /// The services the hardware has.
  public var supported: Services { Services(rawValue: value(Capability.itself) & 0xff) }
  /// The services that are switched on.
  public var enabled: Services { Services(rawValue: value(Control.itself) & 0xff) }

  /// The services of ACS, as both of its registers number them.
  public struct Services: OptionSet, Hashable, Sendable {
    /// The register's bits.
    public let rawValue: UInt16

    /// Wraps the register's bits.
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    private init(_ field: RegisterField) { rawValue = 1 << UInt16(field.bits.lowerBound) }

    public static let sourceValidation = Services(Capability.sourceValidation)
    public static let translationBlocking = Services(Capability.translationBlocking)
    /// ACS P2P Request Redirect.
    public static let requestRedirect = Services(Capability.requestRedirect)
    /// ACS P2P Completion Redirect.
    public static let completionRedirect = Services(Capability.completionRedirect)
    public static let upstreamForwarding = Services(Capability.upstreamForwarding)
    /// ACS P2P Egress Control.
    public static let egressControl = Services(Capability.egressControl)
    /// ACS Direct Translated P2P.
    public static let directTranslated = Services(Capability.directTranslated)
    /// ACS I/O Request Blocking.
    public static let ioRequestBlocking = Services(Control.ioRequestBlocking)
  }
}
