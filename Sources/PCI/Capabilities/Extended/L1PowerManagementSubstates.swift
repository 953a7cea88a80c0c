// SPDX-License-Identifier: Apache-2.0

/// The L1 PM Substates capability, extended id 0x001e.
///
/// PCI Express Base 6.0, section 7.8.3.
public struct L1PowerManagementSubstates: DecodedCapability {
  public static let kind = CapabilityKind(extended: 0x001e, "l1pm", "L1 PM Substates", size: 16)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  public enum Capabilities: RegisterFields {
    static let itself = Register(4, 4, "capabilities")
    /// PCI-PM L1.2 Supported.
    public static let pciPML12Supported = flag(0, "pciPML12Supported")
    /// PCI-PM L1.1 Supported.
    public static let pciPML11Supported = flag(1, "pciPML11Supported")
    /// ASPM L1.2 Supported.
    public static let aspmL12Supported = flag(2, "aspmL12Supported")
    /// ASPM L1.1 Supported.
    public static let aspmL11Supported = flag(3, "aspmL11Supported")
    public static let l1PMSubstatesSupported = flag(4, "l1PMSubstatesSupported")
    public static let linkActivationSupported = flag(5, "linkActivationSupported")
    /// Port Common_Mode_Restore_Time, in microseconds.
    public static let commonModeRestoreTime = number(8...15, "commonModeRestoreTime", unit: "us")
    /// Port T_POWER_ON, Value times Scale.
    public static let powerOnTime = computed(16...23, "powerOnTime", FieldMeaning.powerOnTime)
    static let fields = [
      pciPML12Supported, pciPML11Supported, aspmL12Supported, aspmL11Supported,
      l1PMSubstatesSupported, linkActivationSupported, commonModeRestoreTime, powerOnTime,
    ]
  }

  /// L1 PM Substates Control 1.
  public enum Control1: RegisterFields {
    static let itself = Register(8, 4, "control1")
    /// PCI-PM L1.2 Enable.
    public static let pciPML12Enable = flag(0, "pciPML12Enable")
    /// PCI-PM L1.1 Enable.
    public static let pciPML11Enable = flag(1, "pciPML11Enable")
    /// ASPM L1.2 Enable.
    public static let aspmL12Enable = flag(2, "aspmL12Enable")
    /// ASPM L1.1 Enable.
    public static let aspmL11Enable = flag(3, "aspmL11Enable")
    public static let linkActivationInterruptEnable = flag(4, "linkActivationInterruptEnable")
    public static let linkActivationControl = flag(5, "linkActivationControl")
    /// Common_Mode_Restore_Time, in microseconds.
    public static let commonModeRestoreTime = number(8...15, "commonModeRestoreTime", unit: "us")
    /// LTR_L1.2_THRESHOLD, Value times Scale.
    public static let ltrL12Threshold = computed(
      16...31, "ltrL12Threshold", FieldMeaning.ltrThreshold)
    static let fields = [
      pciPML12Enable, pciPML11Enable, aspmL12Enable, aspmL11Enable, linkActivationInterruptEnable,
      linkActivationControl, commonModeRestoreTime, ltrL12Threshold,
    ]
  }

  /// L1 PM Substates Control 2.
  public enum Control2: RegisterFields {
    static let itself = Register(0xc, 4, "control2")
    /// T_POWER_ON, Value times Scale.
    public static let powerOnTime = computed(0...7, "powerOnTime", FieldMeaning.powerOnTime)
    static let fields = [powerOnTime]
  }

  /// L1 PM Substates Status, where link activation is supported.
  public enum Status: RegisterFields {
    static let itself = Register(0x10, 4, "status", if: hasLinkActivation)
    public static let linkActivation = flag(0, "linkActivation")
    static let fields = [linkActivation]
  }

  public static let layout = RegisterLayout(registers: [
    Capabilities.fields, Control1.fields, Control2.fields, Status.fields,
  ])

  private static func hasLinkActivation(_ registers: RegisterBytes) -> Bool {
    registers[Capabilities.linkActivationSupported] == 1
  }
}
