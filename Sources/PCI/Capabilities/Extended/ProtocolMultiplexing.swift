// SPDX-License-Identifier: Apache-2.0

/// The Protocol Multiplexing capability, extended id 0x001a.
///
/// PCI Express Base 4.0, appendix G.
public struct ProtocolMultiplexing: DecodedCapability {
  /// The start of its dotted field names, `pmux`.
  public static var shortName: String { "pmux" }
  /// The specification's name.
  public static var title: String { "Protocol Multiplexing" }

  /// PMUX Capability at +4.
  public let capability: UInt32
  /// PMUX Control at +8.
  public let control: UInt32
  /// PMUX Status at +0xc.
  public let status: UInt32
  /// PMUX Protocol Array: authority id above protocol id, from +0x10.
  public let protocols: [UInt32]

  /// Decodes the registers, 16 bytes or more.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let capability = space.doubleWord(at: offset + 4),
      let control = space.doubleWord(at: offset + 8),
      let status = space.doubleWord(at: offset + 0xc),
      let protocols = space.doubleWords(at: offset + 0x10, count: Int(capability[bits: 0...5]))
    else { return nil }
    self.capability = capability
    self.control = control
    self.status = status
    self.protocols = protocols
  }

  /// PMUX Protocol Array Size.
  public var protocolArraySize: UInt32 { capability[bits: 0...5] }
  /// PMUX Supported Link Speeds.
  public var supportedSpeeds: UInt32 { capability[bits: 8...15] }

  /// PMUX Channel 0 Assignment.
  public var channel0Assignment: UInt32 { control[bits: 0...5] }
  /// PMUX Channel 1 Assignment.
  public var channel1Assignment: UInt32 { control[bits: 8...13] }
  /// PMUX Channel 2 Assignment.
  public var channel2Assignment: UInt32 { control[bits: 16...21] }
  /// PMUX Channel 3 Assignment.
  public var channel3Assignment: UInt32 { control[bits: 24...29] }

  /// Every field, in register order.
  public var fields: [Field] {
    var fields = Self.tables.fields([UInt64(capability), UInt64(control), UInt64(status)])
    for (index, value) in protocols.enumerated() {
      fields.append(Field("protocols.\(index)", hexadecimal: value, digits: 8))
    }
    return fields
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { Self.tables.names + ["protocols.N"] }

  private static var tables: [RegisterTable] {
    [
      RegisterTable(
        "capability",
        [
          .number(0...5, "protocolArraySize"),
          .hexadecimal(8...15, "supportedSpeeds", digits: 2),
        ]),
      RegisterTable(
        "control",
        [
          .number(0...5, "channel0Assignment"),
          .number(8...13, "channel1Assignment"),
          .number(16...21, "channel2Assignment"),
          .number(24...29, "channel3Assignment"),
        ]),
      .hexadecimal("status", digits: 8),
    ]
  }
}
