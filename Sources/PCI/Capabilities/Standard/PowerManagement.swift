// SPDX-License-Identifier: Apache-2.0

/// The Power Management capability, id 0x01.
///
/// PCI Bus Power Management Interface 1.2, section 3.2; PCI Express Base 6.0,
/// section 7.5.2.
public struct PowerManagement: DecodedCapability {
  public static let kind = CapabilityKind(standard: 0x01, "pm", "Power Management", size: 6)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  /// PMC, the capabilities register.
  public enum Capabilities: RegisterFields {
    static let itself = Register(2, 2, "capabilities")
    /// The version of the interface.
    public static let version = number(0...2, "version")
    /// PME# needs a running clock.
    public static let pmeClock = flag(3, "pmeClock")
    public static let immediateReadiness = flag(4, "immediateReadiness")
    /// Device Specific Initialization is required.
    public static let deviceSpecificInitialization = flag(5, "deviceSpecificInitialization")
    /// The current from auxiliary power in D3cold, in milliamperes.
    public static let auxCurrent = computed(6...8, "auxCurrent", PowerManagement.auxiliaryCurrent)
    public static let d1Support = flag(9, "d1Support")
    public static let d2Support = flag(10, "d2Support")
    public static let pmeFromD0 = flag(11, "pmeFromD0")
    public static let pmeFromD1 = flag(12, "pmeFromD1")
    public static let pmeFromD2 = flag(13, "pmeFromD2")
    public static let pmeFromD3hot = flag(14, "pmeFromD3hot")
    public static let pmeFromD3cold = flag(15, "pmeFromD3cold")
    static let fields = [
      version, pmeClock, immediateReadiness, deviceSpecificInitialization, auxCurrent, d1Support,
      d2Support, pmeFromD0, pmeFromD1, pmeFromD2, pmeFromD3hot, pmeFromD3cold,
    ]
  }

  /// PMCSR, the control and status register.
  public enum ControlStatus: RegisterFields {
    static let itself = Register(4, 2, "controlStatus")
    /// The present state: 0 D0, 1 D1, 2 D2, 3 D3hot.
    public static let powerState = names(0...1, "powerState", ["D0", "D1", "D2", "D3hot"])
    /// No_Soft_Reset: the function keeps its state on the way from D3hot to D0.
    ///
    /// Where it is set, Linux and FreeBSD cannot reset the function by a power
    /// transition.
    public static let noSoftReset = flag(3, "noSoftReset")
    /// PME# is enabled.
    public static let pmeEnable = flag(8, "pmeEnable")
    /// What the data register shows.
    public static let dataSelect = number(9...12, "dataSelect")
    public static let dataScale = number(13...14, "dataScale")
    /// PME# is asserted.
    public static let pmeStatus = flag(15, "pmeStatus")
    static let fields = [powerState, noSoftReset, pmeEnable, dataSelect, dataScale, pmeStatus]
  }

  /// PMCSR_BSE, the bridge support extensions; `nil` but for a bridge.
  public enum BridgeSupport: RegisterFields {
    static let itself = Register(6, 1, "bridgeSupport", if: hasBridgeSupport)
    /// B2_B3#: in D3hot, the secondary bus stops its clock only (B2) and keeps its power.
    public static let b2InD3hot = flag(6, "b2InD3hot")
    /// BPCC_En: the bridge manages the power and the clock of its secondary bus.
    public static let busPowerClockControl = flag(7, "busPowerClockControl")
    static let fields = [b2InD3hot, busPowerClockControl]
  }

  /// The data register; `nil` where it was not read.
  public static let data = Register(7, 1, "data").hexadecimal()

  public static let layout = RegisterLayout(registers: [
    Capabilities.fields, ControlStatus.fields, BridgeSupport.fields, [data],
  ])

  private static func hasBridgeSupport(_ registers: RegisterBytes) -> Bool {
    registers.space.headerType == .bridge || registers.space.headerType == .cardBus
  }

  private static func auxiliaryCurrent(_ code: UInt64) -> Field.Meaning {
    let milliamperes: UInt64 =
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
    return .number(milliamperes, unit: "mA")
  }

  /// The present state: 0 D0, 1 D1, 2 D2, 3 D3hot.
  public var powerState: UInt16 { bits(ControlStatus.powerState) }
  /// No_Soft_Reset: the function keeps its state on the way from D3hot to D0.
  ///
  /// Where it is set, Linux and FreeBSD cannot reset the function by a power
  /// transition.
  public var keepsStateInD3hot: Bool { flag(ControlStatus.noSoftReset) }
  /// PME# is enabled.
  public var isPMEEnabled: Bool { flag(ControlStatus.pmeEnable) }
}
