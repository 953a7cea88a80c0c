// SPDX-License-Identifier: Apache-2.0

/// The SFI capability, extended id 0x002c.
///
/// PCI Express Base 6.2, section 7.9.22.
public struct SystemFirmwareIntermediary: DecodedCapability {
  public static let kind = CapabilityKind(
    extended: 0x002c, "sfi", "System Firmware Intermediary", size: 20)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  public enum Capability: RegisterFields {
    static let itself = Register(4, 2, "capability")
    /// SFI OOB PD Supported.
    public static let outOfBandPresenceSupported = flag(0, "outOfBandPresenceSupported")
    static let fields = [whole, outOfBandPresenceSupported]
  }

  public enum Control: RegisterFields {
    static let itself = Register(6, 2, "control")
    /// SFI PD State Mask.
    public static let presenceStateMask = flag(0, "presenceStateMask")
    /// SFI DLL State Mask.
    public static let dataLinkStateMask = flag(1, "dataLinkStateMask")
    public static let outOfBandPresenceChangedEnable = flag(2, "outOfBandPresenceChangedEnable")
    public static let dataLinkStateChangedEnable = flag(3, "dataLinkStateChangedEnable")
    public static let downstreamPortFiltering = names(
      4...5, "downstreamPortFiltering",
      ["disabled", "all requests", "configuration requests"])
    /// SFI HPS Suppress: Hot-Plug Surprise of the slot reads as clear.
    public static let hotPlugSurpriseSuppress = flag(6, "hotPlugSurpriseSuppress")
    public static let drsMask = flag(7, "drsMask")
    public static let drsSignalingEnable = flag(8, "drsSignalingEnable")
    // A trigger: it always reads as 0.
    public static let drsTrigger = flag(9, "drsTrigger")
    static let fields = [
      whole, presenceStateMask, dataLinkStateMask, outOfBandPresenceChangedEnable,
      dataLinkStateChangedEnable, downstreamPortFiltering, hotPlugSurpriseSuppress, drsMask,
      drsSignalingEnable, drsTrigger,
    ]
  }

  public enum Status: RegisterFields {
    static let itself = Register(8, 2, "status")
    /// SFI PD State: whether a device is present, behind the mask.
    public static let presenceState = flag(0, "presenceState")
    public static let outOfBandPresenceState = flag(1, "outOfBandPresenceState")
    public static let outOfBandPresenceChanged = flag(2, "outOfBandPresenceChanged")
    /// SFI DLL State: whether the link is active, behind the mask.
    public static let dataLinkState = flag(3, "dataLinkState")
    public static let dataLinkStateChanged = flag(4, "dataLinkStateChanged")
    public static let drsReceived = flag(5, "drsReceived")
    static let fields = [
      whole, presenceState, outOfBandPresenceState, outOfBandPresenceChanged, dataLinkState,
      dataLinkStateChanged, drsReceived,
    ]
  }

  public enum CamAddress: RegisterFields {
    static let itself = Register(0xc, 4, "camAddress")
    // As an enhanced configuration address: section 7.2.2, table 7-1.
    public static let bus = hexadecimal(20...27, "bus", digits: 2)
    public static let device = hexadecimal(15...19, "device", digits: 2)
    public static let function = number(12...14, "function")
    public static let offset = hexadecimal(0...11, "offset", digits: 3)
    static let fields = [whole, bus, device, function, offset]
  }

  public static let camData = Register(0x10, 4, "camData").hexadecimal()

  public static let layout = RegisterLayout(registers: [
    Capability.fields, Control.fields, Status.fields, CamAddress.fields, [camData],
  ])
}
