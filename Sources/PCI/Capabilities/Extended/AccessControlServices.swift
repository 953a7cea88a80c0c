// SPDX-License-Identifier: Apache-2.0

/// The ACS capability, extended id 0x000d.
///
/// PCI Express Base 6.0, section 7.7.11. Isolation between devices rests on it.
public struct AccessControlServices: DecodedCapability {
  /// `acs`
  public static var shortName: String { "acs" }
  /// `Access Control Services`
  public static var title: String { "Access Control Services" }

  /// The services of ACS, as both of its registers number them.
  public struct Services: OptionSet, Hashable, Sendable {
    /// The register's bits.
    public let rawValue: UInt16

    /// Wraps the register's bits.
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// ACS Source Validation.
    public static let sourceValidation = Services(rawValue: 0x01)
    /// ACS Translation Blocking.
    public static let translationBlocking = Services(rawValue: 0x02)
    /// ACS P2P Request Redirect.
    public static let requestRedirect = Services(rawValue: 0x04)
    /// ACS P2P Completion Redirect.
    public static let completionRedirect = Services(rawValue: 0x08)
    /// ACS Upstream Forwarding.
    public static let upstreamForwarding = Services(rawValue: 0x10)
    /// ACS P2P Egress Control.
    public static let egressControl = Services(rawValue: 0x20)
    /// ACS Direct Translated P2P.
    public static let directTranslated = Services(rawValue: 0x40)
    /// ACS I/O Request Blocking.
    public static let ioRequestBlocking = Services(rawValue: 0x80)
  }

  /// The capability register at +4.
  public let capabilityRegister: UInt16
  /// The control register at +6.
  public let controlRegister: UInt16

  /// Decodes the registers, 8 bytes.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let capability = space.word(at: offset + 4), let control = space.word(at: offset + 6)
    else { return nil }
    capabilityRegister = capability
    controlRegister = control
  }

  /// The services the hardware has.
  public var supported: Services { Services(rawValue: capabilityRegister & 0xff) }
  /// The services that are switched on.
  public var enabled: Services { Services(rawValue: controlRegister & 0xff) }

  /// Every field, in register order.
  public var fields: [Field] {
    var fields: [Field] = []
    let names = [
      "sourceValidation", "translationBlocking", "requestRedirect", "completionRedirect",
      "upstreamForwarding", "egressControl", "directTranslated",
    ]
    for (bit, name) in names.enumerated() {
      fields.append(Field("capability." + name, capabilityRegister[bit: bit]))
    }
    fields.append(
      Field("capability.egressControlVectorSize", capabilityRegister[bits: 8...15]))
    for (bit, name) in names.enumerated() {
      fields.append(Field("control." + name, controlRegister[bit: bit]))
    }
    return fields
  }
}
