// SPDX-License-Identifier: Apache-2.0

/// The Power Management capability, id 0x01.
///
/// PCI Bus Power Management Interface 1.2, section 3.2; PCI Express Base 6.0,
/// section 7.5.2.
public struct PowerManagement: DecodedCapability {
  /// The start of its dotted field names, `pm`.
  public static var shortName: String { "pm" }
  /// The specification's name.
  public static var title: String { "Power Management" }

  /// PMC, the capabilities register at +2.
  public let capabilities: UInt16
  /// PMCSR, the control and status register at +4.
  public let controlStatus: UInt16
  /// PMCSR_BSE, the bridge support extensions at +6; `nil` but for a bridge.
  public let bridgeSupport: UInt8?
  /// The data register at +7; `nil` where it was not read.
  public let data: UInt8?

  /// Decodes the registers, 6 bytes or more.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let capabilities = space.word(at: offset + 2),
      let controlStatus = space.word(at: offset + 4)
    else { return nil }
    self.capabilities = capabilities
    self.controlStatus = controlStatus
    bridgeSupport =
      space.headerType == .bridge || space.headerType == .cardBus
      ? space.byte(at: offset + 6) : nil
    data = space.byte(at: offset + 7)
  }

  /// The version of the interface.
  public var version: UInt16 { capabilities[bits: 0...2] }
  /// PME# needs a running clock.
  public var needsClockForPME: Bool { capabilities[bit: 3] }
  /// Device Specific Initialization is required.
  public var needsDeviceSpecificInitialization: Bool { capabilities[bit: 5] }
  /// The current from auxiliary power in D3cold, in milliamperes.
  public var auxiliaryCurrent: UInt16 { Self.milliamperes(UInt64(capabilities[bits: 6...8])) }

  private static func milliamperes(_ code: UInt64) -> UInt16 {
    switch code {
    case 1: 55
    case 2: 100
    case 3: 160
    case 4: 220
    case 5: 270
    case 6: 320
    case 7: 375
    default: 0
    }
  }
  /// D1 is supported.
  public var supportsD1: Bool { capabilities[bit: 9] }
  /// D2 is supported.
  public var supportsD2: Bool { capabilities[bit: 10] }
  /// The states PME# can be signalled from: bit 0 D0, 1 D1, 2 D2, 3 D3hot, 4 D3cold.
  public var pmeSupport: UInt16 { capabilities[bits: 11...15] }
  /// The present state: 0 D0, 1 D1, 2 D2, 3 D3hot.
  public var powerState: UInt16 { controlStatus[bits: 0...1] }
  /// No_Soft_Reset: the function keeps its state on the way from D3hot to D0.
  ///
  /// Where it is set, Linux and FreeBSD cannot reset the function by a power
  /// transition.
  public var keepsStateInD3hot: Bool { controlStatus[bit: 3] }
  /// PME# is enabled.
  public var isPMEEnabled: Bool { controlStatus[bit: 8] }
  /// What the data register shows.
  public var dataSelect: UInt16 { controlStatus[bits: 9...12] }
  /// The scale of the data register.
  public var dataScale: UInt16 { controlStatus[bits: 13...14] }
  /// PME# is asserted.
  public var isPMEAsserted: Bool { controlStatus[bit: 15] }

  /// B2_B3#: in D3hot, the secondary bus stops its clock only (B2) and keeps its power.
  public var stopsSecondaryClock: Bool? { bridgeSupport.map { $0[bit: 6] } }
  /// BPCC_En: the bridge manages the power and the clock of its secondary bus.
  public var managesSecondaryPower: Bool? { bridgeSupport.map { $0[bit: 7] } }

  private static func auxiliaryCurrentMeaning(_ code: UInt64) -> Field.Meaning {
    .number(UInt64(milliamperes(code)), unit: "mA")
  }

  private static var tables: [RegisterTable] {
    [
      RegisterTable(
        "capabilities",
        [
          .number(0...2, "version"),
          .flag(3, "pmeClock"),
          .flag(4, "immediateReadiness"),
          .flag(5, "deviceSpecificInitialization"),
          .computed(6...8, "auxCurrent") { auxiliaryCurrentMeaning($0) },
          .flag(9, "d1Support"),
          .flag(10, "d2Support"),
          .flag(11, "pmeFromD0"),
          .flag(12, "pmeFromD1"),
          .flag(13, "pmeFromD2"),
          .flag(14, "pmeFromD3hot"),
          .flag(15, "pmeFromD3cold"),
        ]),
      RegisterTable(
        "controlStatus",
        [
          .names(0...1, "powerState", ["D0", "D1", "D2", "D3hot"]),
          .flag(3, "noSoftReset"),
          .flag(8, "pmeEnable"),
          .number(9...12, "dataSelect"),
          .number(13...14, "dataScale"),
          .flag(15, "pmeStatus"),
        ]),
      RegisterTable(
        "bridgeSupport", [.flag(6, "b2InD3hot"), .flag(7, "busPowerClockControl")]),
      .hexadecimal("data", digits: 2),
    ]
  }

  /// Every field, in register order.
  public var fields: [Field] {
    Self.tables.fields([
      UInt64(capabilities), UInt64(controlStatus), bridgeSupport.map { UInt64($0) },
      data.map { UInt64($0) },
    ])
  }

  /// The names of all fields there can be.
  public static var fieldNames: [String] { tables.names }
}
