// SPDX-License-Identifier: Apache-2.0

/// The Physical Layer 32.0 GT/s capability, extended id 0x002a.
///
/// PCI Express Base 6.0, section 7.7.6.
public struct PhysicalLayer32GT: DecodedCapability {
  /// The start of its dotted field names, `phy32`.
  public static var shortName: String { "phy32" }
  /// The specification's name.
  public static var title: String { "Physical Layer 32.0 GT/s" }

  /// 32.0 GT/s Capabilities at +4.
  public let capabilities: UInt32
  /// 32.0 GT/s Control at +8.
  public let control: UInt32
  /// 32.0 GT/s Status at +0xc.
  public let status: UInt32
  /// Received Modified TS Data 1 at +0x10.
  public let receivedModifiedTSData1: UInt32
  /// Received Modified TS Data 2 at +0x14.
  public let receivedModifiedTSData2: UInt32
  /// Transmitted Modified TS Data 1 at +0x18.
  public let transmittedModifiedTSData1: UInt32
  /// Transmitted Modified TS Data 2 at +0x1c.
  public let transmittedModifiedTSData2: UInt32
  /// 32.0 GT/s Lane Equalization Control of each lane: downstream preset in 3:0, upstream in 7:4,
  /// from +0x20.
  public let laneEqualization: [UInt8]

  /// Decodes the registers, 32 bytes or more.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let capabilities = space.doubleWord(at: offset + 4),
      let control = space.doubleWord(at: offset + 8),
      let status = space.doubleWord(at: offset + 0xc),
      let receivedModifiedTSData1 = space.doubleWord(at: offset + 0x10),
      let receivedModifiedTSData2 = space.doubleWord(at: offset + 0x14),
      let transmittedModifiedTSData1 = space.doubleWord(at: offset + 0x18),
      let transmittedModifiedTSData2 = space.doubleWord(at: offset + 0x1c),
      let laneEqualization = space.bytes(at: offset + 0x20, count: space.linkLaneCount)
    else { return nil }
    self.capabilities = capabilities
    self.control = control
    self.status = status
    self.receivedModifiedTSData1 = receivedModifiedTSData1
    self.receivedModifiedTSData2 = receivedModifiedTSData2
    self.transmittedModifiedTSData1 = transmittedModifiedTSData1
    self.transmittedModifiedTSData2 = transmittedModifiedTSData2
    self.laneEqualization = laneEqualization
  }

  /// Equalization bypass to highest rate Supported.
  public var supportsEqualizationBypass: Bool { capabilities[bit: 0] }
  /// No Equalization Needed Supported.
  public var supportsNoEqualizationNeeded: Bool { capabilities[bit: 1] }
  /// Modified TS Usage Mode 0 Supported - PCI Express.
  public var supportsModifiedTSUsageMode0: Bool { capabilities[bit: 8] }
  /// Modified TS Usage Mode 1 Supported - Training Set Message.
  public var supportsModifiedTSUsageMode1: Bool { capabilities[bit: 9] }
  /// Modified TS Usage Mode 2 Supported - Alternate Protocol.
  public var supportsModifiedTSUsageMode2: Bool { capabilities[bit: 10] }

  /// Equalization bypass to highest rate Disable.
  public var isEqualizationBypassDisabled: Bool { control[bit: 0] }
  /// No Equalization Needed Disable.
  public var isNoEqualizationNeededDisabled: Bool { control[bit: 1] }
  /// Modified TS Usage Mode Selected.
  public var modifiedTSUsageModeSelected: UInt32 { control[bits: 8...10] }

  /// Equalization 32.0 GT/s Complete.
  public var isEqualizationComplete: Bool { status[bit: 0] }
  /// Equalization 32.0 GT/s Phase 1 Successful.
  public var wasEqualizationPhase1Successful: Bool { status[bit: 1] }
  /// Equalization 32.0 GT/s Phase 2 Successful.
  public var wasEqualizationPhase2Successful: Bool { status[bit: 2] }
  /// Equalization 32.0 GT/s Phase 3 Successful.
  public var wasEqualizationPhase3Successful: Bool { status[bit: 3] }
  /// Link Equalization Request 32.0 GT/s.
  public var hasLinkEqualizationRequest: Bool { status[bit: 4] }
  /// Modified TS Received.
  public var wasModifiedTSReceived: Bool { status[bit: 5] }
  /// Received Enhanced Link Behavior Control, as a code.
  public var receivedEnhancedLinkBehavior: UInt32 { status[bits: 6...7] }
  /// Transmitter Precoding On.
  public var isTransmitterPrecodingOn: Bool { status[bit: 8] }
  /// Transmitter Precode Request.
  public var hasTransmitterPrecodeRequest: Bool { status[bit: 9] }
  /// No Equalization Needed Received.
  public var wasNoEqualizationNeededReceived: Bool { status[bit: 10] }

  /// Received Modified TS Usage Mode.
  public var receivedUsageMode: UInt32 { receivedModifiedTSData1[bits: 0...2] }
  /// Received Modified TS Information 1.
  public var receivedInformation1: UInt32 { receivedModifiedTSData1[bits: 3...15] }
  /// Received Modified TS Vendor ID.
  public var receivedVendorID: UInt32 { receivedModifiedTSData1[bits: 16...31] }

  /// Received Modified TS Information 2.
  public var receivedInformation2: UInt32 { receivedModifiedTSData2[bits: 0...23] }
  /// Alternate Protocol Negotiation Status.
  public var alternateProtocolNegotiation: UInt32 { receivedModifiedTSData2[bits: 24...25] }

  /// Transmitted Modified TS Usage Mode.
  public var transmittedUsageMode: UInt32 { transmittedModifiedTSData1[bits: 0...2] }
  /// Transmitted Modified TS Information 1.
  public var transmittedInformation1: UInt32 { transmittedModifiedTSData1[bits: 3...15] }
  /// Transmitted Modified TS Vendor ID.
  public var transmittedVendorID: UInt32 { transmittedModifiedTSData1[bits: 16...31] }

  /// Transmitted Modified TS Information 2.
  public var transmittedInformation2: UInt32 { transmittedModifiedTSData2[bits: 0...23] }

  /// Every field, in register order.
  public var fields: [Field] {
    Self.tables.fields([
      UInt64(capabilities), UInt64(control), UInt64(status), UInt64(receivedModifiedTSData1),
      UInt64(receivedModifiedTSData2), UInt64(transmittedModifiedTSData1),
      UInt64(transmittedModifiedTSData2),
    ]) + Field.lanes(laneEqualization, digits: 2)
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { Self.tables.names + ["laneEqualization.N"] }

  private static var tables: [RegisterTable] {
    [
      RegisterTable(
        "capabilities",
        [
          .flag(0, "equalizationBypassSupported"),
          .flag(1, "noEqualizationNeededSupported"),
          .flag(8, "modifiedTSUsageMode0Supported"),
          .flag(9, "modifiedTSUsageMode1Supported"),
          .flag(10, "modifiedTSUsageMode2Supported"),
        ]),
      RegisterTable(
        "control",
        [
          .flag(0, "equalizationBypassDisable"),
          .flag(1, "noEqualizationNeededDisable"),
          .number(8...10, "modifiedTSUsageModeSelected"),
        ]),
      RegisterTable(
        "status",
        RegisterTable.equalization(from: 0) + [
          .flag(5, "modifiedTSReceived"),
          .names(
            6...7, "receivedEnhancedLinkBehavior",
            ["full equalization", "bypass to highest rate", "no equalization needed", "reserved"]),
          .flag(8, "transmitterPrecodingOn"),
          .flag(9, "transmitterPrecodeRequest"),
          .flag(10, "noEqualizationNeededReceived"),
        ]),
      RegisterTable(
        "receivedModifiedTSData1",
        [
          .number(0...2, "receivedUsageMode"),
          .hexadecimal(3...15, "receivedInformation1", digits: 4),
          .hexadecimal(16...31, "receivedVendorID", digits: 4),
        ]),
      RegisterTable(
        "receivedModifiedTSData2",
        [
          .hexadecimal(0...23, "receivedInformation2", digits: 6),
          .number(24...25, "alternateProtocolNegotiation"),
        ]),
      RegisterTable(
        "transmittedModifiedTSData1",
        [
          .number(0...2, "transmittedUsageMode"),
          .hexadecimal(3...15, "transmittedInformation1", digits: 4),
          .hexadecimal(16...31, "transmittedVendorID", digits: 4),
        ]),
      RegisterTable(
        "transmittedModifiedTSData2",
        [
          .hexadecimal(0...23, "transmittedInformation2", digits: 6)
        ]),
    ]
  }
}
