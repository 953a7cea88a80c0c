// SPDX-License-Identifier: Apache-2.0

/// The ACS capability, extended id 0x000d.
///
/// PCI Express Base 6.0, section 7.7.11. Isolation between devices rests on it.
public struct AccessControlServices: DecodedCapability {
  /// The start of its dotted field names, `acs`.
  public static var shortName: String { "acs" }
  /// The specification's name.
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
  /// Egress Control Vector from +8, 32 ports in each; empty without egress control.
  public let egressControlVector: [UInt32]

  /// Decodes the registers: 8 bytes, and the egress control vector where it was read.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let capability = space.word(at: offset + 4), let control = space.word(at: offset + 6)
    else { return nil }
    capabilityRegister = capability
    controlRegister = control
    // The size 0 stands for 256 ports.
    let size = capability[bits: 8...15] == 0 ? 256 : Int(capability[bits: 8...15])
    egressControlVector =
      capability[bit: 5] ? space.doubleWords(at: offset + 8, count: (size + 31) / 32) ?? [] : []
  }

  /// The services the hardware has.
  public var supported: Services { Services(rawValue: capabilityRegister & 0xff) }
  /// The services that are switched on.
  public var enabled: Services { Services(rawValue: controlRegister & 0xff) }

  /// The rows of the seven services that both registers have.
  private static var services: [RegisterTable.Row] {
    [
      .flag(0, "sourceValidation"),
      .flag(1, "translationBlocking"),
      .flag(2, "requestRedirect"),
      .flag(3, "completionRedirect"),
      .flag(4, "upstreamForwarding"),
      .flag(5, "egressControl"),
      .flag(6, "directTranslated"),
    ]
  }

  private static var tables: [RegisterTable] {
    [
      RegisterTable(
        "capability",
        services + [.flag(7, "enhanced"), .number(8...15, "egressControlVectorSize")]),
      RegisterTable(
        "control",
        services + [
          .flag(7, "ioRequestBlocking"),
          .number(8...9, "downstreamMemoryTargetAccess"),
          .number(10...11, "upstreamMemoryTargetAccess"),
          .flag(12, "unclaimedRequestRedirect"),
        ]),
    ]
  }

  /// Every field, in register order.
  public var fields: [Field] {
    var fields = Self.tables.fields([UInt64(capabilityRegister), UInt64(controlRegister)])
    for (index, register) in egressControlVector.enumerated() {
      fields.append(Field("egressControlVector.\(index)", hexadecimal: register, digits: 8))
    }
    return fields
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { tables.names + ["egressControlVector.N"] }
}
