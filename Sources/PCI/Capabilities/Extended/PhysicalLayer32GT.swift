// SPDX-License-Identifier: Apache-2.0

/// The Physical Layer 32.0 GT/s capability, extended id 0x002a.
///
/// PCI Express Base 6.0, section 7.7.6.
public struct PhysicalLayer32GT: DecodedCapability {
  public static let kind = CapabilityKind(
    extended: 0x002a, "phy32", "Physical Layer 32.0 GT/s", size: 32)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  public enum Capabilities: RegisterFields {
    static let itself = Register(4, 4, "capabilities")
    /// Equalization bypass to highest rate Supported.
    public static let equalizationBypassSupported = flag(0, "equalizationBypassSupported")
    public static let noEqualizationNeededSupported = flag(1, "noEqualizationNeededSupported")
    /// Modified TS Usage Mode 0 Supported - PCI Express.
    public static let modifiedTSUsageMode0Supported = flag(8, "modifiedTSUsageMode0Supported")
    /// Modified TS Usage Mode 1 Supported - Training Set Message.
    public static let modifiedTSUsageMode1Supported = flag(9, "modifiedTSUsageMode1Supported")
    /// Modified TS Usage Mode 2 Supported - Alternate Protocol.
    public static let modifiedTSUsageMode2Supported = flag(10, "modifiedTSUsageMode2Supported")
    static let fields = [
      equalizationBypassSupported, noEqualizationNeededSupported, modifiedTSUsageMode0Supported,
      modifiedTSUsageMode1Supported, modifiedTSUsageMode2Supported,
    ]
  }

  public enum Control: RegisterFields {
    static let itself = Register(8, 4, "control")
    /// Equalization bypass to highest rate Disable.
    public static let equalizationBypassDisable = flag(0, "equalizationBypassDisable")
    public static let noEqualizationNeededDisable = flag(1, "noEqualizationNeededDisable")
    public static let modifiedTSUsageModeSelected = number(8...10, "modifiedTSUsageModeSelected")
    static let fields = [
      equalizationBypassDisable, noEqualizationNeededDisable, modifiedTSUsageModeSelected,
    ]
  }

  public enum Status: RegisterFields {
    static let itself = Register(0xc, 4, "status")
    public static let equalizationComplete = flag(0, "equalizationComplete")
    /// Equalization 32.0 GT/s Phase 1 Successful.
    public static let equalizationPhase1Successful = flag(1, "equalizationPhase1Successful")
    /// Equalization 32.0 GT/s Phase 2 Successful.
    public static let equalizationPhase2Successful = flag(2, "equalizationPhase2Successful")
    /// Equalization 32.0 GT/s Phase 3 Successful.
    public static let equalizationPhase3Successful = flag(3, "equalizationPhase3Successful")
    public static let linkEqualizationRequest = flag(4, "linkEqualizationRequest")
    public static let modifiedTSReceived = flag(5, "modifiedTSReceived")
    /// Received Enhanced Link Behavior Control.
    public static let receivedEnhancedLinkBehavior = names(
      6...7, "receivedEnhancedLinkBehavior",
      ["full equalization", "bypass to highest rate", "no equalization needed", "reserved"])
    public static let transmitterPrecodingOn = flag(8, "transmitterPrecodingOn")
    public static let transmitterPrecodeRequest = flag(9, "transmitterPrecodeRequest")
    public static let noEqualizationNeededReceived = flag(10, "noEqualizationNeededReceived")
    static let fields = [
      equalizationComplete, equalizationPhase1Successful, equalizationPhase2Successful,
      equalizationPhase3Successful, linkEqualizationRequest, modifiedTSReceived,
      receivedEnhancedLinkBehavior, transmitterPrecodingOn, transmitterPrecodeRequest,
      noEqualizationNeededReceived,
    ]
  }

  /// Received Modified TS Data 1.
  public enum ReceivedModifiedTSData1: RegisterFields {
    static let itself = Register(0x10, 4, "receivedModifiedTSData1")
    public static let receivedUsageMode = number(0...2, "receivedUsageMode")
    /// Received Modified TS Information 1.
    public static let receivedInformation1 = hexadecimal(3...15, "receivedInformation1", digits: 4)
    public static let receivedVendorID = hexadecimal(16...31, "receivedVendorID", digits: 4)
    static let fields = [receivedUsageMode, receivedInformation1, receivedVendorID]
  }

  /// Received Modified TS Data 2.
  public enum ReceivedModifiedTSData2: RegisterFields {
    static let itself = Register(0x14, 4, "receivedModifiedTSData2")
    /// Received Modified TS Information 2.
    public static let receivedInformation2 = hexadecimal(0...23, "receivedInformation2", digits: 6)
    /// Alternate Protocol Negotiation Status.
    public static let alternateProtocolNegotiation = number(24...25, "alternateProtocolNegotiation")
    static let fields = [receivedInformation2, alternateProtocolNegotiation]
  }

  /// Transmitted Modified TS Data 1.
  public enum TransmittedModifiedTSData1: RegisterFields {
    static let itself = Register(0x18, 4, "transmittedModifiedTSData1")
    public static let transmittedUsageMode = number(0...2, "transmittedUsageMode")
    /// Transmitted Modified TS Information 1.
    public static let transmittedInformation1 = hexadecimal(
      3...15, "transmittedInformation1", digits: 4)
    public static let transmittedVendorID = hexadecimal(16...31, "transmittedVendorID", digits: 4)
    static let fields = [transmittedUsageMode, transmittedInformation1, transmittedVendorID]
  }

  /// Transmitted Modified TS Data 2.
  public enum TransmittedModifiedTSData2: RegisterFields {
    static let itself = Register(0x1c, 4, "transmittedModifiedTSData2")
    /// Transmitted Modified TS Information 2.
    public static let transmittedInformation2 = hexadecimal(
      0...23, "transmittedInformation2", digits: 6)
    static let fields = [transmittedInformation2]
  }

  /// 32.0 GT/s Lane Equalization Control of each lane: downstream in 3:0, upstream in 7:4.
  public static let laneEqualization = RegisterArray(0x20, 1, "laneEqualization") {
    $0.space.linkLaneCount
  }

  public static let layout = RegisterLayout(
    registers: [
      Capabilities.fields, Control.fields, Status.fields, ReceivedModifiedTSData1.fields,
      ReceivedModifiedTSData2.fields, TransmittedModifiedTSData1.fields,
      TransmittedModifiedTSData2.fields,
    ], [laneEqualization])
}
