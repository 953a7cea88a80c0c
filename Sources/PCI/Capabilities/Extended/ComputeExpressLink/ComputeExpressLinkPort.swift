// SPDX-License-Identifier: Apache-2.0

/// The registers of the CXL extensions DVSEC for ports, DVSEC id 3.
///
/// Compute Express Link 3.0, section 8.1.5.
public struct ComputeExpressLinkPort: DecodedCapability {
  /// The start of its dotted field names, `dvsec`.
  public static var shortName: String { "dvsec" }
  /// The specification's name.
  public static var title: String { "CXL Extensions for Ports" }

  /// CXL Port Extension Status at +0xa.
  public let status: UInt16
  /// Port Control Extensions at +0xc.
  public let control: UInt16
  /// Alternate Bus Base at +0xe.
  public let alternateBusBase: UInt8
  /// Alternate Bus Limit at +0xf.
  public let alternateBusLimit: UInt8
  /// Alternate Memory Base at +0x10.
  public let alternateMemoryBase: UInt16
  /// Alternate Memory Limit at +0x12.
  public let alternateMemoryLimit: UInt16

  /// Decodes the registers, 20 bytes.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let status = space.word(at: offset + 0xa),
      let control = space.word(at: offset + 0xc),
      let alternateBusBase = space.byte(at: offset + 0xe),
      let alternateBusLimit = space.byte(at: offset + 0xf),
      let alternateMemoryBase = space.word(at: offset + 0x10),
      let alternateMemoryLimit = space.word(at: offset + 0x12)
    else { return nil }
    self.status = status
    self.control = control
    self.alternateBusBase = alternateBusBase
    self.alternateBusLimit = alternateBusLimit
    self.alternateMemoryBase = alternateMemoryBase
    self.alternateMemoryLimit = alternateMemoryLimit
  }

  /// Port Power Management Initialization Complete.
  public var isPMInitComplete: Bool { status[bit: 0] }
  /// Viral Status.
  public var isViral: Bool { status[bit: 14] }

  /// Unmask SBR.
  public var isSecondaryBusResetUnmasked: Bool { control[bit: 0] }
  /// Unmask Link Disable.
  public var isLinkDisableUnmasked: Bool { control[bit: 1] }
  /// Alt Memory and ID Space Enable.
  public var isAlternateMemoryEnabled: Bool { control[bit: 2] }
  /// Alt BME.
  public var isAlternateBusMasterEnabled: Bool { control[bit: 3] }
  /// Viral Enable.
  public var isViralEnabled: Bool { control[bit: 14] }

  /// Every field, in register order.
  public var fields: [Field] {
    Self.tables.fields([
      UInt64(status), UInt64(control), UInt64(alternateBusBase), UInt64(alternateBusLimit),
      UInt64(alternateMemoryBase), UInt64(alternateMemoryLimit),
    ])
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { Self.tables.names }

  private static var tables: [RegisterTable] {
    [
      RegisterTable(
        "status",
        [
          .flag(0, "pmInitComplete"),
          .flag(14, "viral"),
        ]),
      RegisterTable(
        "control",
        [
          .flag(0, "secondaryBusResetUnmasked"),
          .flag(1, "linkDisableUnmasked"),
          .flag(2, "alternateMemoryEnable"),
          .flag(3, "alternateBusMasterEnable"),
          .flag(14, "viralEnable"),
        ]),
      .hexadecimal("alternateBusBase", digits: 2),
      .hexadecimal("alternateBusLimit", digits: 2),
      RegisterTable(
        "alternateMemoryBase",
        [
          .hexadecimal(4...15, "", digits: 3)
        ]),
      RegisterTable(
        "alternateMemoryLimit",
        [
          .hexadecimal(4...15, "", digits: 3)
        ]),
    ]
  }
}
