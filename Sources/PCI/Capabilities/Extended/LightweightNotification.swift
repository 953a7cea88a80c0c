// SPDX-License-Identifier: Apache-2.0

/// The LN Requester capability, extended id 0x001c.
///
/// PCI Express Base 4.0, LN Requester Extended Capability.
public struct LightweightNotification: DecodedCapability {
  /// The start of its dotted field names, `lnr`.
  public static var shortName: String { "lnr" }
  /// The specification's name.
  public static var title: String { "LN Requester" }

  /// LNR Capability at +4.
  public let capability: UInt16
  /// LNR Control at +6.
  public let control: UInt16

  /// Decodes the registers, 8 bytes.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let capability = space.word(at: offset + 4),
      let control = space.word(at: offset + 6)
    else { return nil }
    self.capability = capability
    self.control = control
  }

  /// LNR-64 Supported.
  public var supportsCacheLine64: Bool { capability[bit: 0] }
  /// LNR-128 Supported.
  public var supportsCacheLine128: Bool { capability[bit: 1] }
  /// LNR Registration Max, as a power of two.
  public var maxRegistrations: UInt16 { capability[bits: 8...12] }

  /// LNR Enable.
  public var isEnabled: Bool { control[bit: 0] }
  /// LNR CLS: 128-byte cache lines.
  public var usesCacheLine128: Bool { control[bit: 1] }
  /// LNR Registration Limit, as a power of two.
  public var registrationLimit: UInt16 { control[bits: 8...12] }

  /// Every field, in register order.
  public var fields: [Field] {
    Self.tables.fields([UInt64(capability), UInt64(control)])
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { Self.tables.names }

  private static var tables: [RegisterTable] {
    [
      RegisterTable(
        "capability",
        [
          .flag(0, "cacheLine64Supported"),
          .flag(1, "cacheLine128Supported"),
          .number(8...12, "maxRegistrations"),
        ]),
      RegisterTable(
        "control",
        [
          .flag(0, "enable"),
          .flag(1, "cacheLine128"),
          .number(8...12, "registrationLimit"),
        ]),
    ]
  }
}
