// SPDX-License-Identifier: Apache-2.0

/// The L1 PM Substates capability, extended id 0x001e.
///
/// PCI Express Base 6.0, section 7.8.3.
public struct L1PowerManagementSubstates: DecodedCapability {
  /// The start of its dotted field names, `l1pm`.
  public static var shortName: String { "l1pm" }
  /// The specification's name.
  public static var title: String { "L1 PM Substates" }

  /// L1 PM Substates Capabilities at +4.
  public let capabilities: UInt32
  /// L1 PM Substates Control 1 at +8.
  public let control1: UInt32
  /// L1 PM Substates Control 2 at +0xc.
  public let control2: UInt32
  /// L1 PM Substates Status at +0x10, where link activation is supported.
  public let status: UInt32?

  /// Decodes the registers, 16 bytes or more.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let capabilities = space.doubleWord(at: offset + 4),
      let control1 = space.doubleWord(at: offset + 8),
      let control2 = space.doubleWord(at: offset + 0xc)
    else { return nil }
    self.capabilities = capabilities
    self.control1 = control1
    self.control2 = control2
    status =
      (space.doubleWord(at: offset + 4) ?? 0)[bit: 5] ? space.doubleWord(at: offset + 0x10) : nil
  }

  /// PCI-PM L1.2 Supported.
  public var supportsPCIPowerManagementL12: Bool { capabilities[bit: 0] }
  /// PCI-PM L1.1 Supported.
  public var supportsPCIPowerManagementL11: Bool { capabilities[bit: 1] }
  /// ASPM L1.2 Supported.
  public var supportsASPML12: Bool { capabilities[bit: 2] }
  /// ASPM L1.1 Supported.
  public var supportsASPML11: Bool { capabilities[bit: 3] }
  /// L1 PM Substates Supported.
  public var supportsL1PMSubstates: Bool { capabilities[bit: 4] }
  /// Link Activation Supported.
  public var supportsLinkActivation: Bool { capabilities[bit: 5] }
  /// Port Common_Mode_Restore_Time, in microseconds.
  public var commonModeRestoreTime: UInt32 { capabilities[bits: 8...15] }
  /// Port T_POWER_ON, Value times Scale, as a code.
  public var powerOnTime: UInt32 { capabilities[bits: 16...23] }

  /// PCI-PM L1.2 Enable.
  public var isPCIPowerManagementL12Enabled: Bool { control1[bit: 0] }
  /// PCI-PM L1.1 Enable.
  public var isPCIPowerManagementL11Enabled: Bool { control1[bit: 1] }
  /// ASPM L1.2 Enable.
  public var isASPML12Enabled: Bool { control1[bit: 2] }
  /// ASPM L1.1 Enable.
  public var isASPML11Enabled: Bool { control1[bit: 3] }
  /// Link Activation Interrupt Enable.
  public var isLinkActivationInterruptEnabled: Bool { control1[bit: 4] }
  /// Link Activation Control.
  public var controlsLinkActivation: Bool { control1[bit: 5] }
  /// Common_Mode_Restore_Time, in microseconds.
  public var control1CommonModeRestoreTime: UInt32 { control1[bits: 8...15] }
  /// LTR_L1.2_THRESHOLD, Value times Scale, as a code.
  public var ltrL12Threshold: UInt32 { control1[bits: 16...31] }

  /// T_POWER_ON, Value times Scale, as a code.
  public var control2PowerOnTime: UInt32 { control2[bits: 0...7] }

  /// Link Activation Status.
  public var hasLinkActivation: Bool? { status.map { $0[bit: 0] } }

  /// Every field, in register order.
  public var fields: [Field] {
    Self.tables.fields([
      UInt64(capabilities), UInt64(control1), UInt64(control2), status.map { UInt64($0) },
    ])
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { Self.tables.names }

  private static var tables: [RegisterTable] {
    [
      RegisterTable(
        "capabilities",
        [
          .flag(0, "pciPML12Supported"),
          .flag(1, "pciPML11Supported"),
          .flag(2, "aspmL12Supported"),
          .flag(3, "aspmL11Supported"),
          .flag(4, "l1PMSubstatesSupported"),
          .flag(5, "linkActivationSupported"),
          .number(8...15, "commonModeRestoreTime", unit: "us"),
          .computed(16...23, "powerOnTime") { FieldMeaning.powerOnTime($0) },
        ]),
      RegisterTable(
        "control1",
        [
          .flag(0, "pciPML12Enable"),
          .flag(1, "pciPML11Enable"),
          .flag(2, "aspmL12Enable"),
          .flag(3, "aspmL11Enable"),
          .flag(4, "linkActivationInterruptEnable"),
          .flag(5, "linkActivationControl"),
          .number(8...15, "commonModeRestoreTime", unit: "us"),
          .computed(16...31, "ltrL12Threshold") { FieldMeaning.ltrThreshold($0) },
        ]),
      RegisterTable(
        "control2",
        [
          .computed(0...7, "powerOnTime") { FieldMeaning.powerOnTime($0) }
        ]),
      RegisterTable(
        "status",
        [
          .flag(0, "linkActivation")
        ]),
    ]
  }
}
