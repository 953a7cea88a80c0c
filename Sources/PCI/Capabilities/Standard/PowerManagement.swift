// SPDX-License-Identifier: Apache-2.0

/// The Power Management capability, id 0x01.
///
/// PCI Bus Power Management Interface 1.2, section 3.2; PCI Express Base 6.0,
/// section 7.5.2.
public struct PowerManagement: DecodedCapability {
  /// `pm`
  public static var shortName: String { "pm" }
  /// `Power Management`
  public static var title: String { "Power Management" }

  /// PMC, the capabilities register at +2.
  public let capabilities: UInt16
  /// PMCSR, the control and status register at +4.
  public let controlStatus: UInt16

  /// Decodes the registers, 6 bytes.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let capabilities = space.word(at: offset + 2),
      let controlStatus = space.word(at: offset + 4)
    else { return nil }
    self.capabilities = capabilities
    self.controlStatus = controlStatus
  }

  /// The version of the interface.
  public var version: UInt16 { capabilities[bits: 0...2] }
  /// PME# needs a running clock.
  public var needsClockForPME: Bool { capabilities[bit: 3] }
  /// Device Specific Initialization is required.
  public var needsDeviceSpecificInitialization: Bool { capabilities[bit: 5] }
  /// The current from auxiliary power in D3cold, in milliamperes.
  public var auxiliaryCurrent: UInt16 {
    switch capabilities[bits: 6...8] {
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

  /// Every field, in register order.
  public var fields: [Field] {
    [
      Field("capabilities.version", version),
      Field("capabilities.pmeClock", needsClockForPME),
      Field("capabilities.deviceSpecificInitialization", needsDeviceSpecificInitialization),
      Field(
        "capabilities.auxCurrent", raw: UInt64(capabilities[bits: 6...8]),
        .number(UInt64(auxiliaryCurrent), unit: "mA")),
      Field("capabilities.d1Support", supportsD1),
      Field("capabilities.d2Support", supportsD2),
      Field("capabilities.pmeFromD0", pmeSupport[bit: 0]),
      Field("capabilities.pmeFromD1", pmeSupport[bit: 1]),
      Field("capabilities.pmeFromD2", pmeSupport[bit: 2]),
      Field("capabilities.pmeFromD3hot", pmeSupport[bit: 3]),
      Field("capabilities.pmeFromD3cold", pmeSupport[bit: 4]),
      Field(
        "controlStatus.powerState", raw: UInt64(powerState),
        .text(powerState == 3 ? "D3hot" : "D\(powerState)")),
      Field("controlStatus.noSoftReset", keepsStateInD3hot),
      Field("controlStatus.pmeEnable", isPMEEnabled),
      Field("controlStatus.dataSelect", dataSelect),
      Field("controlStatus.dataScale", dataScale),
      Field("controlStatus.pmeStatus", isPMEAsserted),
    ]
  }
}
