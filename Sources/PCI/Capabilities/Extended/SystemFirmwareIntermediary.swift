// SPDX-License-Identifier: Apache-2.0

/// The SFI capability, extended id 0x002c.
///
/// PCI Express Base 6.2, section 7.9.22.
public struct SystemFirmwareIntermediary: DecodedCapability {
  /// Its id and names, and the bytes that it takes at least.
  public static let kind = CapabilityKind(
    extended: 0x002c, "sfi", "System Firmware Intermediary", size: 20)
  /// Its registers.
  public let registers: RegisterBytes
  /// Takes the registers.
  public init(_ registers: RegisterBytes) { self.registers = registers }

  /// SFI Capability.
  public enum Capability: RegisterFields {
    static let itself = Register(4, 2, "capability")
    /// All of its bits.
    public static let register = hexadecimal(0...15, "register", digits: 4)
    /// SFI OOB PD Supported.
    public static let outOfBandPresenceSupported = flag(0, "outOfBandPresenceSupported")
    static let fields = [register, outOfBandPresenceSupported]
  }

  /// SFI Control.
  public enum Control: RegisterFields {
    static let itself = Register(6, 2, "control")
    /// All of its bits.
    public static let register = hexadecimal(0...15, "register", digits: 4)
    /// SFI PD State Mask.
    public static let presenceStateMask = flag(0, "presenceStateMask")
    /// SFI DLL State Mask.
    public static let dataLinkStateMask = flag(1, "dataLinkStateMask")
    /// Out of band presence changed enable.
    public static let outOfBandPresenceChangedEnable = flag(2, "outOfBandPresenceChangedEnable")
    /// Data link state changed enable.
    public static let dataLinkStateChangedEnable = flag(3, "dataLinkStateChangedEnable")
    /// Downstream port filtering.
    public static let downstreamPortFiltering = names(
      4...5, "downstreamPortFiltering",
      ["disabled", "all requests", "configuration requests"])
    /// SFI HPS Suppress: Hot-Plug Surprise of the slot reads as clear.
    public static let hotPlugSurpriseSuppress = flag(6, "hotPlugSurpriseSuppress")
    /// SFI DRS Mask.
    public static let drsMask = flag(7, "drsMask")
    /// DRS signaling enable.
    public static let drsSignalingEnable = flag(8, "drsSignalingEnable")
    // A trigger: it always reads as 0.
    /// DRS trigger.
    public static let drsTrigger = flag(9, "drsTrigger")
    static let fields = [
      register, presenceStateMask, dataLinkStateMask, outOfBandPresenceChangedEnable,
      dataLinkStateChangedEnable, downstreamPortFiltering, hotPlugSurpriseSuppress, drsMask,
      drsSignalingEnable, drsTrigger,
    ]
  }

  /// SFI Status.
  public enum Status: RegisterFields {
    static let itself = Register(8, 2, "status")
    /// All of its bits.
    public static let register = hexadecimal(0...15, "register", digits: 4)
    /// SFI PD State: whether a device is present, behind the mask.
    public static let presenceState = flag(0, "presenceState")
    /// Out of band presence state.
    public static let outOfBandPresenceState = flag(1, "outOfBandPresenceState")
    /// Out of band presence changed.
    public static let outOfBandPresenceChanged = flag(2, "outOfBandPresenceChanged")
    /// SFI DLL State: whether the link is active, behind the mask.
    public static let dataLinkState = flag(3, "dataLinkState")
    /// Data link state changed.
    public static let dataLinkStateChanged = flag(4, "dataLinkStateChanged")
    /// DRS received.
    public static let drsReceived = flag(5, "drsReceived")
    static let fields = [
      register, presenceState, outOfBandPresenceState, outOfBandPresenceChanged, dataLinkState,
      dataLinkStateChanged, drsReceived,
    ]
  }

  /// SFI CAM Address.
  public enum CamAddress: RegisterFields {
    static let itself = Register(0xc, 4, "camAddress")
    /// All of its bits.
    public static let register = hexadecimal(0...31, "register", digits: 8)
    // As an enhanced configuration address: section 7.2.2, table 7-1.
    /// Bus.
    public static let bus = hexadecimal(20...27, "bus", digits: 2)
    /// Device.
    public static let device = hexadecimal(15...19, "device", digits: 2)
    /// Function.
    public static let function = number(12...14, "function")
    /// Offset.
    public static let offset = hexadecimal(0...11, "offset", digits: 3)
    static let fields = [register, bus, device, function, offset]
  }

  /// SFI CAM Data.
  public static let camData = Register(0x10, 4, "camData").hexadecimal()

  /// The fields, in register order.
  public static let layout = RegisterLayout(registers: [
    Capability.fields, Control.fields, Status.fields, CamAddress.fields, [camData],
  ])
}
