// SPDX-License-Identifier: Apache-2.0

extension PCIExpress {
  /// Link Capabilities; `nil` for functions of a root complex.
  public enum LinkCapabilities: RegisterFields {
    static let itself = Register(0xc, 4, "linkCapabilities", if: hasLink)
    public static let maxSpeed = computed(0...3, "maxSpeed", FieldMeaning.linkSpeed)
    /// The greatest link width, in lanes.
    public static let maxWidth = number(4...9, "maxWidth")
    public static let aspmSupport = names(
      10...11, "aspmSupport", ["none", "L0s", "L1", "L0s and L1"])
    public static let l0sExitLatency = names(
      12...14, "l0sExitLatency", FieldMeaning.l0sExitLatency)
    public static let l1ExitLatency = names(15...17, "l1ExitLatency", FieldMeaning.l1ExitLatency)
    public static let clockPowerManagement = flag(18, "clockPowerManagement")
    /// Surprise Down Error Reporting Capable.
    public static let surpriseDownReporting = flag(19, "surpriseDownReporting")
    /// Data Link Layer Link Active Reporting Capable.
    public static let dataLinkLayerActiveReporting = flag(20, "dataLinkLayerActiveReporting")
    /// Link Bandwidth Notification Capability.
    public static let bandwidthNotification = flag(21, "bandwidthNotification")
    public static let aspmOptionalityCompliance = flag(22, "aspmOptionalityCompliance")
    public static let portNumber = number(24...31, "portNumber")
    static let fields = [
      maxSpeed, maxWidth, aspmSupport, l0sExitLatency, l1ExitLatency, clockPowerManagement,
      surpriseDownReporting, dataLinkLayerActiveReporting, bandwidthNotification,
      aspmOptionalityCompliance, portNumber,
    ]
  }

  public enum LinkControl: RegisterFields {
    static let itself = Register(0x10, 2, "linkControl", if: hasLink)
    public static let aspmControl = names(
      0...1, "aspmControl", ["disabled", "L0s", "L1", "L0s and L1"])
    /// PTM Propagation Delay Adaptation Interpretation.
    public static let ptmPropagationDelayAdaptation = flag(2, "ptmPropagationDelayAdaptation")
    public static let readCompletionBoundary = names(
      3...3, "readCompletionBoundary", ["64 bytes", "128 bytes"])
    public static let linkDisable = flag(4, "linkDisable")
    public static let retrainLink = flag(5, "retrainLink")
    /// Common Clock Configuration.
    public static let commonClock = flag(6, "commonClock")
    public static let extendedSynch = flag(7, "extendedSynch")
    public static let clockPowerManagementEnable = flag(8, "clockPowerManagementEnable")
    /// Hardware Autonomous Width Disable.
    public static let autonomousWidthDisable = flag(9, "autonomousWidthDisable")
    public static let bandwidthManagementInterruptEnable = flag(
      10, "bandwidthManagementInterruptEnable")
    public static let autonomousBandwidthInterruptEnable = flag(
      11, "autonomousBandwidthInterruptEnable")
    public static let srisClocking = flag(12, "srisClocking")
    public static let flitModeDisable = flag(13, "flitModeDisable")
    public static let drsSignalingControl = number(14...15, "drsSignalingControl")
    static let fields = [
      aspmControl, ptmPropagationDelayAdaptation, readCompletionBoundary, linkDisable, retrainLink,
      commonClock, extendedSynch, clockPowerManagementEnable, autonomousWidthDisable,
      bandwidthManagementInterruptEnable, autonomousBandwidthInterruptEnable, srisClocking,
      flitModeDisable, drsSignalingControl,
    ]
  }

  public enum LinkStatus: RegisterFields {
    static let itself = Register(0x12, 2, "linkStatus", if: hasLink)
    public static let speed = computed(0...3, "speed", FieldMeaning.linkSpeed)
    /// The present link width, in lanes; 0 where no link is up.
    public static let width = number(4...9, "width")
    /// Training Error, before version 1.1.
    public static let trainingError = flag(10, "trainingError")
    public static let linkTraining = flag(11, "linkTraining")
    /// Slot Clock Configuration.
    public static let slotClock = flag(12, "slotClock")
    public static let dataLinkLayerActive = flag(13, "dataLinkLayerActive")
    public static let bandwidthManagement = flag(14, "bandwidthManagement")
    public static let autonomousBandwidth = flag(15, "autonomousBandwidth")
    static let fields = [
      speed, width, trainingError, linkTraining, slotClock, dataLinkLayerActive,
      bandwidthManagement, autonomousBandwidth,
    ]
  }

  /// Link Capabilities 2; `nil` without a link or in version 1.
  public enum LinkCapabilities2: RegisterFields {
    static let itself = Register(0x2c, 4, "linkCapabilities2", if: hasLink2)
    /// Supported Link Speeds Vector.
    public static let supportedSpeeds = computed(1...7, "supportedSpeeds", FieldMeaning.linkSpeeds)
    public static let crosslinkSupported = flag(8, "crosslinkSupported")
    /// Lower SKP OS Generation Supported Speeds Vector.
    public static let lowerSKPGeneration = hexadecimal(9...15, "lowerSKPGeneration", digits: 2)
    /// Lower SKP OS Reception Supported Speeds Vector.
    public static let lowerSKPReception = hexadecimal(16...22, "lowerSKPReception", digits: 2)
    public static let retimerPresenceDetectSupported = flag(23, "retimerPresenceDetectSupported")
    public static let twoRetimersPresenceDetectSupported = flag(
      24, "twoRetimersPresenceDetectSupported")
    public static let drsSupported = flag(31, "drsSupported")
    static let fields = [
      supportedSpeeds, crosslinkSupported, lowerSKPGeneration, lowerSKPReception,
      retimerPresenceDetectSupported, twoRetimersPresenceDetectSupported, drsSupported,
    ]
  }

  /// Link Control 2.
  public enum LinkControl2: RegisterFields {
    static let itself = Register(0x30, 2, "linkControl2", if: hasLink2)
    public static let targetSpeed = computed(0...3, "targetSpeed", FieldMeaning.linkSpeed)
    public static let enterCompliance = flag(4, "enterCompliance")
    /// Hardware Autonomous Speed Disable.
    public static let autonomousSpeedDisable = flag(5, "autonomousSpeedDisable")
    /// Selectable De-emphasis.
    public static let selectableDeemphasis = names(
      6...6, "selectableDeemphasis", ["-6 dB", "-3.5 dB"])
    public static let transmitMargin = number(7...9, "transmitMargin")
    public static let enterModifiedCompliance = flag(10, "enterModifiedCompliance")
    public static let complianceSOS = flag(11, "complianceSOS")
    /// Compliance Preset/De-emphasis.
    public static let compliancePreset = number(12...15, "compliancePreset")
    static let fields = [
      targetSpeed, enterCompliance, autonomousSpeedDisable, selectableDeemphasis, transmitMargin,
      enterModifiedCompliance, complianceSOS, compliancePreset,
    ]
  }

  /// Link Status 2.
  public enum LinkStatus2: RegisterFields {
    static let itself = Register(0x32, 2, "linkStatus2", if: hasLink2)
    /// Current De-emphasis Level, at 5 GT/s.
    public static let deemphasis = names(0...0, "deemphasis", ["-6 dB", "-3.5 dB"])
    /// Equalization 8.0 GT/s Complete.
    public static let equalizationComplete = flag(1, "equalizationComplete")
    /// Equalization 8.0 GT/s Phase 1 Successful.
    public static let equalizationPhase1Successful = flag(2, "equalizationPhase1Successful")
    /// Equalization 8.0 GT/s Phase 2 Successful.
    public static let equalizationPhase2Successful = flag(3, "equalizationPhase2Successful")
    /// Equalization 8.0 GT/s Phase 3 Successful.
    public static let equalizationPhase3Successful = flag(4, "equalizationPhase3Successful")
    /// Link Equalization Request 8.0 GT/s.
    public static let linkEqualizationRequest = flag(5, "linkEqualizationRequest")
    /// Retimer Presence Detected.
    public static let retimerPresent = flag(6, "retimerPresent")
    /// Two Retimers Presence Detected.
    public static let twoRetimersPresent = flag(7, "twoRetimersPresent")
    public static let crosslinkResolution = names(
      8...9, "crosslinkResolution",
      ["unsupported", "upstream port", "downstream port", "not completed"])
    public static let flitMode = flag(10, "flitMode")
    public static let downstreamComponentPresence = names(
      12...14, "downstreamComponentPresence",
      [
        "link down, not determined", "link down, not present", "link down, present",
        "reserved", "link up, present", "link up, present, DRS received",
      ])
    public static let drsMessageReceived = flag(15, "drsMessageReceived")
    static let fields = [
      deemphasis, equalizationComplete, equalizationPhase1Successful, equalizationPhase2Successful,
      equalizationPhase3Successful, linkEqualizationRequest, retimerPresent, twoRetimersPresent,
      crosslinkResolution, flitMode, downstreamComponentPresence, drsMessageReceived,
    ]
  }
}
