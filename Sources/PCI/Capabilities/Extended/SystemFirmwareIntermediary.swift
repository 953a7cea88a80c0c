// SPDX-License-Identifier: Apache-2.0

/// The SFI capability, extended id 0x002c.
///
/// PCI Express Base 6.2, section 7.9.22.
public struct SystemFirmwareIntermediary: DecodedCapability {
  /// The start of its dotted field names, `sfi`.
  public static var shortName: String { "sfi" }
  /// The specification's name.
  public static var title: String { "System Firmware Intermediary" }

  /// SFI Capability at +4.
  public let capability: UInt16
  /// SFI Control at +6.
  public let control: UInt16
  /// SFI Status at +8.
  public let status: UInt16
  /// SFI CAM Address at +0xc.
  public let camAddress: UInt32
  /// SFI CAM Data at +0x10.
  public let camData: UInt32

  /// Decodes the registers, 20 bytes.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let capability = space.word(at: offset + 4),
      let control = space.word(at: offset + 6),
      let status = space.word(at: offset + 8),
      let camAddress = space.doubleWord(at: offset + 0xc),
      let camData = space.doubleWord(at: offset + 0x10)
    else { return nil }
    self.capability = capability
    self.control = control
    self.status = status
    self.camAddress = camAddress
    self.camData = camData
  }

  /// SFI OOB PD Supported.
  public var supportsOutOfBandPresence: Bool { capability[bit: 0] }
  /// SFI PD State Mask.
  public var masksPresenceState: Bool { control[bit: 0] }
  /// SFI DLL State Mask.
  public var masksDataLinkState: Bool { control[bit: 1] }
  /// SFI HPS Suppress: Hot-Plug Surprise of the slot reads as clear.
  public var suppressesHotPlugSurprise: Bool { control[bit: 6] }
  /// SFI DRS Mask.
  public var masksDeviceReadiness: Bool { control[bit: 7] }

  /// SFI PD State: whether a device is present, behind the mask.
  public var isPresent: Bool { status[bit: 0] }
  /// SFI DLL State: whether the link is active, behind the mask.
  public var isDataLinkActive: Bool { status[bit: 3] }

  /// Every field, in register order.
  public var fields: [Field] {
    Self.tables.fields([
      UInt64(capability), UInt64(control), UInt64(status), UInt64(camAddress), UInt64(camData),
    ])
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { Self.tables.names }

  private static var tables: [RegisterTable] {
    [
      RegisterTable(
        "capability",
        [.hexadecimal(0...15, "register", digits: 4), .flag(0, "outOfBandPresenceSupported")]),
      RegisterTable(
        "control",
        [
          .hexadecimal(0...15, "register", digits: 4),
          .flag(0, "presenceStateMask"),
          .flag(1, "dataLinkStateMask"),
          .flag(2, "outOfBandPresenceChangedEnable"),
          .flag(3, "dataLinkStateChangedEnable"),
          .names(
            4...5, "downstreamPortFiltering",
            ["disabled", "all requests", "configuration requests"]),
          .flag(6, "hotPlugSurpriseSuppress"),
          .flag(7, "drsMask"),
          .flag(8, "drsSignalingEnable"),
          // A trigger: it always reads as 0.
          .flag(9, "drsTrigger"),
        ]),
      RegisterTable(
        "status",
        [
          .hexadecimal(0...15, "register", digits: 4),
          .flag(0, "presenceState"),
          .flag(1, "outOfBandPresenceState"),
          .flag(2, "outOfBandPresenceChanged"),
          .flag(3, "dataLinkState"),
          .flag(4, "dataLinkStateChanged"),
          .flag(5, "drsReceived"),
        ]),
      RegisterTable(
        "camAddress",
        [
          .hexadecimal(0...31, "register", digits: 8),
          // As an enhanced configuration address: section 7.2.2, table 7-1.
          .hexadecimal(20...27, "bus", digits: 2),
          .hexadecimal(15...19, "device", digits: 2),
          .number(12...14, "function"),
          .hexadecimal(0...11, "offset", digits: 3),
        ]),
      .hexadecimal("camData", digits: 8),
    ]
  }
}
