// SPDX-License-Identifier: Apache-2.0

/// The Root Complex Internal Link Control capability, extended id 0x0006.
///
/// PCI Express Base 6.0, section 7.9.9.
public struct RootComplexInternalLinkControl: DecodedCapability {
  /// The start of its dotted field names, `rcilc`.
  public static var shortName: String { "rcilc" }
  /// The specification's name.
  public static var title: String { "Root Complex Internal Link Control" }

  /// Root Complex Link Capabilities at +4.
  public let linkCapabilities: UInt32
  /// Root Complex Link Control at +8.
  public let linkControl: UInt16
  /// Root Complex Link Status at +0xa.
  public let linkStatus: UInt16

  /// Decodes the registers, 12 bytes.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let linkCapabilities = space.doubleWord(at: offset + 4),
      let linkControl = space.word(at: offset + 8),
      let linkStatus = space.word(at: offset + 0xa)
    else { return nil }
    self.linkCapabilities = linkCapabilities
    self.linkControl = linkControl
    self.linkStatus = linkStatus
  }

  /// Max Link Speed, as a code.
  public var maxSpeed: UInt32 { linkCapabilities[bits: 0...3] }
  /// Maximum Link Width, in lanes.
  public var maxWidth: UInt32 { linkCapabilities[bits: 4...9] }
  /// Active State Power Management Support, as a code.
  public var aspmSupport: UInt32 { linkCapabilities[bits: 10...11] }
  /// L0s Exit Latency, as a code.
  public var l0sExitLatency: UInt32 { linkCapabilities[bits: 12...14] }
  /// L1 Exit Latency, as a code.
  public var l1ExitLatency: UInt32 { linkCapabilities[bits: 15...17] }
  /// Supported Link Speeds Vector.
  public var supportedSpeeds: UInt32 { linkCapabilities[bits: 18...24] }

  /// Active State Power Management Control, as a code.
  public var aspmControl: UInt16 { linkControl[bits: 0...1] }
  /// Extended Synch.
  public var usesExtendedSynch: Bool { linkControl[bit: 7] }

  /// Current Link Speed, as a code.
  public var speed: UInt16 { linkStatus[bits: 0...3] }
  /// Negotiated Link Width, in lanes.
  public var width: UInt16 { linkStatus[bits: 4...9] }

  /// Every field, in register order.
  public var fields: [Field] {
    Self.tables.fields([UInt64(linkCapabilities), UInt64(linkControl), UInt64(linkStatus)])
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { Self.tables.names }

  private static var tables: [RegisterTable] {
    [
      RegisterTable(
        "linkCapabilities",
        PCIExpress.linkCapabilityRows + [
          .hexadecimal(18...24, "supportedSpeeds", digits: 2)
        ]),
      RegisterTable(
        "linkControl",
        [
          .names(0...1, "aspmControl", ["none", "L0s", "L1", "L0s and L1"]),
          .flag(7, "extendedSynch"),
        ]),
      RegisterTable("linkStatus", PCIExpress.linkStatusRows),
    ]
  }
}
