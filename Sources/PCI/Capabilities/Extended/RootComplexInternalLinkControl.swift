// SPDX-License-Identifier: Apache-2.0

/// The Root Complex Internal Link Control capability, extended id 0x0006.
///
/// PCI Express Base 6.0, section 7.9.9.
public struct RootComplexInternalLinkControl: DecodedCapability {
  public static let kind = CapabilityKind(
    extended: 0x0006, "rcilc", "Root Complex Internal Link Control", size: 12)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  public enum LinkCapabilities: RegisterFields {
    static let itself = Register(4, 4, "linkCapabilities")
    public static let maxSpeed = computed(0...3, "maxSpeed", FieldMeaning.linkSpeed)
    /// Maximum Link Width, in lanes.
    public static let maxWidth = number(4...9, "maxWidth")
    /// Active State Power Management Support.
    public static let aspmSupport = names(
      10...11, "aspmSupport", ["none", "L0s", "L1", "L0s and L1"])
    public static let l0sExitLatency = names(
      12...14, "l0sExitLatency", FieldMeaning.l0sExitLatency)
    public static let l1ExitLatency = names(15...17, "l1ExitLatency", FieldMeaning.l1ExitLatency)
    /// Supported Link Speeds Vector.
    public static let supportedSpeeds = hexadecimal(18...24, "supportedSpeeds", digits: 2)
    static let fields = [
      maxSpeed, maxWidth, aspmSupport, l0sExitLatency, l1ExitLatency, supportedSpeeds,
    ]
  }

  public enum LinkControl: RegisterFields {
    static let itself = Register(8, 2, "linkControl")
    /// Active State Power Management Control.
    public static let aspmControl = names(
      0...1, "aspmControl", ["none", "L0s", "L1", "L0s and L1"])
    public static let extendedSynch = flag(7, "extendedSynch")
    static let fields = [aspmControl, extendedSynch]
  }

  public static let linkStatus = Register(0xa, 2, "linkStatus")

  public static let layout = RegisterLayout(registers: [
    LinkCapabilities.fields, LinkControl.fields,
    [PCIExpress.LinkStatus.speed, PCIExpress.LinkStatus.width].moved(to: linkStatus),
  ])
}
