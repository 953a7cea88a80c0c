// SPDX-License-Identifier: Apache-2.0

/// The Secure Device capability, id 0x0f: where an AMD IOMMU says what it is.
///
/// AMD I/O Virtualization Technology (IOMMU) Specification 3.08, section 3.2.
///
/// The registers after the header are those of an IOMMU block (type 3), the only
/// type that AMD has published.
public struct SecureDevice: DecodedCapability {
  /// The start of its dotted field names, `secure`.
  public static var shortName: String { "secure" }
  /// The specification's name.
  public static var title: String { "Secure Device" }

  /// Capability Header at +0.
  public let header: UInt32
  /// Base Address Low at +4.
  public let baseAddressLow: UInt32
  /// Base Address High at +8.
  public let baseAddressHigh: UInt32
  /// Range at +0xc.
  public let range: UInt32
  /// Miscellaneous Information 0 at +0x10.
  public let miscellaneous: UInt32

  /// Decodes the registers, 20 bytes.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let header = space.doubleWord(at: offset + 0),
      let baseAddressLow = space.doubleWord(at: offset + 4),
      let baseAddressHigh = space.doubleWord(at: offset + 8),
      let range = space.doubleWord(at: offset + 0xc),
      let miscellaneous = space.doubleWord(at: offset + 0x10)
    else { return nil }
    self.header = header
    self.baseAddressLow = baseAddressLow
    self.baseAddressHigh = baseAddressHigh
    self.range = range
    self.miscellaneous = miscellaneous
  }

  /// Capability Block Type, as a code.
  public var type: UInt32 { header[bits: 16...18] }
  /// Capability Revision.
  public var revision: UInt32 { header[bits: 19...23] }
  /// Remote IOTLB Support.
  public var supportsIOTLB: Bool { header[bit: 24] }
  /// HyperTransport Tunnel Translation.
  public var hasHyperTransportTunnel: Bool { header[bit: 25] }
  /// Not present table entries are cached.
  public var cachesNotPresentEntries: Bool { header[bit: 26] }
  /// IOMMU Extended Feature Register Support.
  public var supportsExtendedFeature: Bool { header[bit: 27] }
  /// Miscellaneous Information 1 is implemented.
  public var hasExtendedCapability: Bool { header[bit: 28] }

  /// Enable: the base address is valid and locked.
  public var isEnabled: Bool { baseAddressLow[bit: 0] }
  /// Base Address, low part.
  public var baseAddressLower: UInt32 { baseAddressLow & 0xffffc000 }

  /// HyperTransport UnitID.
  public var unitID: UInt32 { range[bits: 0...4] }
  /// Range Valid.
  public var isRangeValid: Bool { range[bit: 7] }
  /// Bus Number.
  public var bus: UInt32 { range[bits: 8...15] }
  /// First Device.
  public var firstDevice: UInt32 { range[bits: 16...23] }
  /// Last Device.
  public var lastDevice: UInt32 { range[bits: 24...31] }

  /// MSI message number.
  public var msiNumber: UInt32 { miscellaneous[bits: 0...4] }
  /// Guest Virtual Address Size, as a code.
  public var guestVirtualAddressSize: UInt32 { miscellaneous[bits: 5...7] }
  /// Physical Address Size, in bits.
  public var physicalAddressSize: UInt32 { miscellaneous[bits: 8...14] }
  /// Virtual Address Size, in bits.
  public var virtualAddressSize: UInt32 { miscellaneous[bits: 15...21] }
  /// HyperTransport ATS range reserved.
  public var hasHyperTransportAddressTranslationReserved: Bool { miscellaneous[bit: 22] }

  /// Every field, in register order.
  public var fields: [Field] {
    Self.tables.fields([
      UInt64(header), UInt64(baseAddressLow), UInt64(baseAddressHigh), UInt64(range),
      UInt64(miscellaneous),
    ])
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { Self.tables.names }

  private static var tables: [RegisterTable] {
    [
      RegisterTable(
        "header",
        [
          .names(16...18, "type", ["reserved", "reserved", "reserved", "IOMMU"]),
          .number(19...23, "revision"),
          .flag(24, "ioTLBSupported"),
          .flag(25, "hyperTransportTunnel"),
          .flag(26, "notPresentCache"),
          .flag(27, "extendedFeatureSupported"),
          .flag(28, "extendedCapability"),
        ]),
      RegisterTable(
        "baseAddressLow",
        [
          .flag(0, "enable"),
          .address(14...31, "base", digits: 8),
        ]),
      .hexadecimal("baseAddressHigh", digits: 8),
      RegisterTable(
        "range",
        [
          .number(0...4, "unitID"),
          .flag(7, "valid"),
          .number(8...15, "bus"),
          .hexadecimal(16...23, "firstDevice", digits: 2),
          .hexadecimal(24...31, "lastDevice", digits: 2),
        ]),
      RegisterTable(
        "miscellaneous",
        [
          .number(0...4, "msiNumber"),
          .number(5...7, "guestVirtualAddressSize"),
          .number(8...14, "physicalAddressSize"),
          .number(15...21, "virtualAddressSize"),
          .flag(22, "hyperTransportAddressTranslationReserved"),
        ]),
    ]
  }
}
