// SPDX-License-Identifier: Apache-2.0
// Long because it declares every register of the largest capability.

/// The PCI Express capability, id 0x10.
///
/// PCI Express Base 6.0, section 7.5.3.
///
/// Registers that the port type or the version does not have are `nil`.
public struct PCIExpress: DecodedCapability {
  /// Its id and names, and the bytes that it takes at least.
  public static let kind = CapabilityKind(standard: 0x10, "pcie", "PCI Express", size: 12)
  /// Its registers.
  public let registers: RegisterBytes
  /// Takes the registers.
  public init(_ registers: RegisterBytes) { self.registers = registers }

  /// PCI Express Capabilities.
  public enum Capabilities: RegisterFields {
    static let itself = Register(2, 2, "capabilities")
    /// The version of the capability.
    public static let version = number(0...3, "version")
    /// What kind of function it is.
    public static let portType = computed(4...7, "portType", FieldMeaning.portType)
    /// Slot Implemented.
    public static let slotImplemented = flag(8, "slotImplemented")
    /// Interrupt Message Number.
    public static let interruptMessageNumber = number(9...13, "interruptMessageNumber")
    /// Flit Mode Supported.
    public static let flitModeSupported = flag(15, "flitModeSupported")
    static let fields = [
      version, portType, slotImplemented, interruptMessageNumber, flitModeSupported,
    ]
  }

  /// Device Capabilities.
  public enum DeviceCapabilities: RegisterFields {
    static let itself = Register(4, 4, "deviceCapabilities")
    /// The largest payload the function can take, in bytes.
    public static let maxPayload = power(0...2, "maxPayload", base: 128, unit: "bytes")
    /// Phantom Functions Supported, in bits of the function number.
    public static let phantomFunctions = number(3...4, "phantomFunctions")
    /// Extended Tag Field Supported.
    public static let extendedTagSupported = flag(5, "extendedTagSupported")
    /// Endpoint L0s Acceptable Latency.
    public static let l0sAcceptableLatency = names(
      6...8, "l0sAcceptableLatency", FieldMeaning.acceptableL0sLatency)
    /// Endpoint L1 Acceptable Latency.
    public static let l1AcceptableLatency = names(
      9...11, "l1AcceptableLatency", FieldMeaning.acceptableL1Latency)
    /// Attention Button Present, before version 1.1.
    public static let attentionButtonPresent = flag(12, "attentionButtonPresent")
    /// Attention Indicator Present, before version 1.1.
    public static let attentionIndicatorPresent = flag(13, "attentionIndicatorPresent")
    /// Power Indicator Present, before version 1.1.
    public static let powerIndicatorPresent = flag(14, "powerIndicatorPresent")
    /// Role-Based Error Reporting.
    public static let roleBasedErrorReporting = flag(15, "roleBasedErrorReporting")
    /// ERR_COR Subclass Capable.
    public static let errCorSubclassCapable = flag(16, "errCorSubclassCapable")
    /// Captured Slot Power Limit, Value and Scale.
    public static let slotPowerLimit = computed(
      18...27, "slotPowerLimit", FieldMeaning.slotPowerLimit)
    /// Function Level Reset Capability.
    public static let functionLevelReset = flag(28, "functionLevelReset")
    /// Mixed_MPS_Supported.
    public static let mixedMaxPayloadSupported = flag(29, "mixedMaxPayloadSupported")
    /// TEE-IO Supported.
    public static let teeIOSupported = flag(30, "teeIOSupported")
    static let fields = [
      maxPayload, phantomFunctions, extendedTagSupported, l0sAcceptableLatency, l1AcceptableLatency,
      attentionButtonPresent, attentionIndicatorPresent, powerIndicatorPresent,
      roleBasedErrorReporting, errCorSubclassCapable, slotPowerLimit, functionLevelReset,
      mixedMaxPayloadSupported, teeIOSupported,
    ]
  }

  /// Device Control.
  public enum DeviceControl: RegisterFields {
    static let itself = Register(8, 2, "deviceControl")
    /// Correctable Error Reporting Enable.
    public static let correctableErrorReportingEnable = flag(0, "correctableErrorReportingEnable")
    /// Non-Fatal Error Reporting Enable.
    public static let nonFatalErrorReportingEnable = flag(1, "nonFatalErrorReportingEnable")
    /// Fatal Error Reporting Enable.
    public static let fatalErrorReportingEnable = flag(2, "fatalErrorReportingEnable")
    /// Unsupported Request Reporting Enable.
    public static let unsupportedRequestReportingEnable = flag(
      3, "unsupportedRequestReportingEnable")
    /// Enable Relaxed Ordering.
    public static let relaxedOrderingEnable = flag(4, "relaxedOrderingEnable")
    /// Max_Payload_Size, in bytes.
    public static let maxPayload = power(5...7, "maxPayload", base: 128, unit: "bytes")
    /// Extended Tag Field Enable.
    public static let extendedTagEnable = flag(8, "extendedTagEnable")
    /// Phantom Functions Enable.
    public static let phantomFunctionsEnable = flag(9, "phantomFunctionsEnable")
    /// Aux Power PM Enable.
    public static let auxPowerPMEnable = flag(10, "auxPowerPMEnable")
    /// Enable No Snoop.
    public static let noSnoopEnable = flag(11, "noSnoopEnable")
    /// Max_Read_Request_Size, in bytes.
    public static let maxReadRequest = power(12...14, "maxReadRequest", base: 128, unit: "bytes")
    /// Bridge Configuration Retry Enable of a PCI Express to PCI bridge, Initiate Function Level
    /// Reset of others.
    public static let bridgeRetryOrFunctionLevelReset = flag(15, "bridgeRetryOrFunctionLevelReset")
    static let fields = [
      correctableErrorReportingEnable, nonFatalErrorReportingEnable, fatalErrorReportingEnable,
      unsupportedRequestReportingEnable, relaxedOrderingEnable, maxPayload, extendedTagEnable,
      phantomFunctionsEnable, auxPowerPMEnable, noSnoopEnable, maxReadRequest,
      bridgeRetryOrFunctionLevelReset,
    ]
  }

  /// Device Status.
  public enum DeviceStatus: RegisterFields {
    static let itself = Register(0xa, 2, "deviceStatus")
    /// Correctable Error Detected.
    public static let correctableErrorDetected = flag(0, "correctableErrorDetected")
    /// Non-Fatal Error Detected.
    public static let nonFatalErrorDetected = flag(1, "nonFatalErrorDetected")
    /// Fatal Error Detected.
    public static let fatalErrorDetected = flag(2, "fatalErrorDetected")
    /// Unsupported Request Detected.
    public static let unsupportedRequestDetected = flag(3, "unsupportedRequestDetected")
    /// AUX Power Detected.
    public static let auxPowerDetected = flag(4, "auxPowerDetected")
    /// Transactions Pending.
    public static let transactionsPending = flag(5, "transactionsPending")
    /// Emergency Power Reduction Detected.
    public static let emergencyPowerReductionDetected = flag(6, "emergencyPowerReductionDetected")
    static let fields = [
      correctableErrorDetected, nonFatalErrorDetected, fatalErrorDetected,
      unsupportedRequestDetected, auxPowerDetected, transactionsPending,
      emergencyPowerReductionDetected,
    ]
  }

  /// Link Capabilities; `nil` for functions of a root complex.
  public enum LinkCapabilities: RegisterFields {
    static let itself = Register(0xc, 4, "linkCapabilities", if: hasLink)
    /// Max speed.
    public static let maxSpeed = computed(0...3, "maxSpeed", FieldMeaning.linkSpeed)
    /// The greatest link width, in lanes.
    public static let maxWidth = number(4...9, "maxWidth")
    /// ASPM Support.
    public static let aspmSupport = names(
      10...11, "aspmSupport", ["none", "L0s", "L1", "L0s and L1"])
    /// L0s Exit Latency.
    public static let l0sExitLatency = names(
      12...14, "l0sExitLatency", FieldMeaning.l0sExitLatency)
    /// L1 Exit Latency.
    public static let l1ExitLatency = names(15...17, "l1ExitLatency", FieldMeaning.l1ExitLatency)
    /// Clock Power Management.
    public static let clockPowerManagement = flag(18, "clockPowerManagement")
    /// Surprise Down Error Reporting Capable.
    public static let surpriseDownReporting = flag(19, "surpriseDownReporting")
    /// Data Link Layer Link Active Reporting Capable.
    public static let dataLinkLayerActiveReporting = flag(20, "dataLinkLayerActiveReporting")
    /// Link Bandwidth Notification Capability.
    public static let bandwidthNotification = flag(21, "bandwidthNotification")
    /// ASPM Optionality Compliance.
    public static let aspmOptionalityCompliance = flag(22, "aspmOptionalityCompliance")
    /// Port Number.
    public static let portNumber = number(24...31, "portNumber")
    static let fields = [
      maxSpeed, maxWidth, aspmSupport, l0sExitLatency, l1ExitLatency, clockPowerManagement,
      surpriseDownReporting, dataLinkLayerActiveReporting, bandwidthNotification,
      aspmOptionalityCompliance, portNumber,
    ]
  }

  /// Link Control.
  public enum LinkControl: RegisterFields {
    static let itself = Register(0x10, 2, "linkControl", if: hasLink)
    /// ASPM Control.
    public static let aspmControl = names(
      0...1, "aspmControl", ["disabled", "L0s", "L1", "L0s and L1"])
    /// PTM Propagation Delay Adaptation Interpretation.
    public static let ptmPropagationDelayAdaptation = flag(2, "ptmPropagationDelayAdaptation")
    /// Read Completion Boundary.
    public static let readCompletionBoundary = names(
      3...3, "readCompletionBoundary", ["64 bytes", "128 bytes"])
    /// Link Disable.
    public static let linkDisable = flag(4, "linkDisable")
    /// Retrain Link.
    public static let retrainLink = flag(5, "retrainLink")
    /// Common Clock Configuration.
    public static let commonClock = flag(6, "commonClock")
    /// Extended Synch.
    public static let extendedSynch = flag(7, "extendedSynch")
    /// Enable Clock Power Management.
    public static let clockPowerManagementEnable = flag(8, "clockPowerManagementEnable")
    /// Hardware Autonomous Width Disable.
    public static let autonomousWidthDisable = flag(9, "autonomousWidthDisable")
    /// Link Bandwidth Management Interrupt Enable.
    public static let bandwidthManagementInterruptEnable = flag(
      10, "bandwidthManagementInterruptEnable")
    /// Link Autonomous Bandwidth Interrupt Enable.
    public static let autonomousBandwidthInterruptEnable = flag(
      11, "autonomousBandwidthInterruptEnable")
    /// SRIS Clocking.
    public static let srisClocking = flag(12, "srisClocking")
    /// Flit Mode Disable.
    public static let flitModeDisable = flag(13, "flitModeDisable")
    /// DRS Signaling Control.
    public static let drsSignalingControl = number(14...15, "drsSignalingControl")
    static let fields = [
      aspmControl, ptmPropagationDelayAdaptation, readCompletionBoundary, linkDisable, retrainLink,
      commonClock, extendedSynch, clockPowerManagementEnable, autonomousWidthDisable,
      bandwidthManagementInterruptEnable, autonomousBandwidthInterruptEnable, srisClocking,
      flitModeDisable, drsSignalingControl,
    ]
  }

  /// Link Status.
  public enum LinkStatus: RegisterFields {
    static let itself = Register(0x12, 2, "linkStatus", if: hasLink)
    /// Speed.
    public static let speed = computed(0...3, "speed", FieldMeaning.linkSpeed)
    /// The present link width, in lanes; 0 where no link is up.
    public static let width = number(4...9, "width")
    /// Training Error, before version 1.1.
    public static let trainingError = flag(10, "trainingError")
    /// Link Training.
    public static let linkTraining = flag(11, "linkTraining")
    /// Slot Clock Configuration.
    public static let slotClock = flag(12, "slotClock")
    /// Data Link Layer Link Active.
    public static let dataLinkLayerActive = flag(13, "dataLinkLayerActive")
    /// Link Bandwidth Management Status.
    public static let bandwidthManagement = flag(14, "bandwidthManagement")
    /// Link Autonomous Bandwidth Status.
    public static let autonomousBandwidth = flag(15, "autonomousBandwidth")
    static let fields = [
      speed, width, trainingError, linkTraining, slotClock, dataLinkLayerActive,
      bandwidthManagement, autonomousBandwidth,
    ]
  }

  /// Slot Capabilities; `nil` where the port has no slot.
  public enum SlotCapabilities: RegisterFields {
    static let itself = Register(0x14, 4, "slotCapabilities", if: hasSlot)
    /// Attention Button Present.
    public static let attentionButtonPresent = flag(0, "attentionButtonPresent")
    /// Power Controller Present.
    public static let powerControllerPresent = flag(1, "powerControllerPresent")
    /// MRL Sensor Present.
    public static let mrlSensorPresent = flag(2, "mrlSensorPresent")
    /// Attention Indicator Present.
    public static let attentionIndicatorPresent = flag(3, "attentionIndicatorPresent")
    /// Power Indicator Present.
    public static let powerIndicatorPresent = flag(4, "powerIndicatorPresent")
    /// Hot-Plug Surprise.
    public static let hotPlugSurprise = flag(5, "hotPlugSurprise")
    /// Hot-Plug Capable.
    public static let hotPlugCapable = flag(6, "hotPlugCapable")
    /// Slot Power Limit, Value and Scale.
    public static let powerLimit = computed(7...16, "powerLimit", FieldMeaning.slotPowerLimit)
    /// Electromechanical Interlock Present.
    public static let interlockPresent = flag(17, "interlockPresent")
    /// No Command Completed Support.
    public static let noCommandCompletedSupport = flag(18, "noCommandCompletedSupport")
    /// The number of the physical slot, where the port has one.
    public static let number = RegisterField(
      register: itself, bits: 19...31, part: "number",
      format: .number(shift: 0, adding: 0, unit: nil))
    static let fields = [
      attentionButtonPresent, powerControllerPresent, mrlSensorPresent, attentionIndicatorPresent,
      powerIndicatorPresent, hotPlugSurprise, hotPlugCapable, powerLimit, interlockPresent,
      noCommandCompletedSupport, number,
    ]
  }

  /// Slot Control.
  public enum SlotControl: RegisterFields {
    static let itself = Register(0x18, 2, "slotControl", if: hasSlot)
    /// Attention Button Pressed Enable.
    public static let attentionButtonPressedEnable = flag(0, "attentionButtonPressedEnable")
    /// Power Fault Detected Enable.
    public static let powerFaultDetectedEnable = flag(1, "powerFaultDetectedEnable")
    /// MRL Sensor Changed Enable.
    public static let mrlSensorChangedEnable = flag(2, "mrlSensorChangedEnable")
    /// Presence Detect Changed Enable.
    public static let presenceDetectChangedEnable = flag(3, "presenceDetectChangedEnable")
    /// Command Completed Interrupt Enable.
    public static let commandCompletedInterruptEnable = flag(4, "commandCompletedInterruptEnable")
    /// Hot-Plug Interrupt Enable.
    public static let hotPlugInterruptEnable = flag(5, "hotPlugInterruptEnable")
    /// Attention Indicator Control.
    public static let attentionIndicator = names(
      6...7, "attentionIndicator", ["reserved", "on", "blink", "off"])
    /// Power Indicator Control.
    public static let powerIndicator = names(
      8...9, "powerIndicator", ["reserved", "on", "blink", "off"])
    /// Power Controller Control: power is off.
    public static let powerControllerOff = flag(10, "powerControllerOff")
    /// Electromechanical Interlock Control.
    public static let interlockControl = flag(11, "interlockControl")
    /// Data Link Layer State Changed Enable.
    public static let dataLinkLayerStateChangedEnable = flag(12, "dataLinkLayerStateChangedEnable")
    /// Auto Slot Power Limit Disable.
    public static let autoSlotPowerLimitDisable = flag(13, "autoSlotPowerLimitDisable")
    /// In-Band PD Disable.
    public static let inBandPresenceDetectDisable = flag(14, "inBandPresenceDetectDisable")
    static let fields = [
      attentionButtonPressedEnable, powerFaultDetectedEnable, mrlSensorChangedEnable,
      presenceDetectChangedEnable, commandCompletedInterruptEnable, hotPlugInterruptEnable,
      attentionIndicator, powerIndicator, powerControllerOff, interlockControl,
      dataLinkLayerStateChangedEnable, autoSlotPowerLimitDisable, inBandPresenceDetectDisable,
    ]
  }

  /// Slot Status.
  public enum SlotStatus: RegisterFields {
    static let itself = Register(0x1a, 2, "slotStatus", if: hasSlot)
    /// Attention Button Pressed.
    public static let attentionButtonPressed = flag(0, "attentionButtonPressed")
    /// Power Fault Detected.
    public static let powerFaultDetected = flag(1, "powerFaultDetected")
    /// MRL Sensor Changed.
    public static let mrlSensorChanged = flag(2, "mrlSensorChanged")
    /// Presence Detect Changed.
    public static let presenceDetectChanged = flag(3, "presenceDetectChanged")
    /// Command Completed.
    public static let commandCompleted = flag(4, "commandCompleted")
    /// MRL Sensor State.
    public static let mrlSensorOpen = flag(5, "mrlSensorOpen")
    /// Whether a card is in the slot.
    public static let presence = flag(6, "presence")
    /// Electromechanical Interlock Status.
    public static let interlockEngaged = flag(7, "interlockEngaged")
    /// Data Link Layer State Changed.
    public static let dataLinkLayerStateChanged = flag(8, "dataLinkLayerStateChanged")
    static let fields = [
      attentionButtonPressed, powerFaultDetected, mrlSensorChanged, presenceDetectChanged,
      commandCompleted, mrlSensorOpen, presence, interlockEngaged, dataLinkLayerStateChanged,
    ]
  }

  /// Root Control; `nil` but for root ports and event collectors.
  public enum RootControl: RegisterFields {
    static let itself = Register(0x1c, 2, "rootControl", if: isRoot)
    /// System Error on Correctable Error Enable.
    public static let systemErrorOnCorrectableEnable = flag(0, "systemErrorOnCorrectableEnable")
    /// System Error on Non-Fatal Error Enable.
    public static let systemErrorOnNonFatalEnable = flag(1, "systemErrorOnNonFatalEnable")
    /// System Error on Fatal Error Enable.
    public static let systemErrorOnFatalEnable = flag(2, "systemErrorOnFatalEnable")
    /// PME Interrupt Enable.
    public static let pmeInterruptEnable = flag(3, "pmeInterruptEnable")
    /// Configuration RRS Software Visibility Enable.
    public static let crsSoftwareVisibilityEnable = flag(4, "crsSoftwareVisibilityEnable")
    static let fields = [
      systemErrorOnCorrectableEnable, systemErrorOnNonFatalEnable, systemErrorOnFatalEnable,
      pmeInterruptEnable, crsSoftwareVisibilityEnable,
    ]
  }

  /// Root Capabilities.
  public enum RootCapabilities: RegisterFields {
    static let itself = Register(0x1e, 2, "rootCapabilities", if: isRoot)
    /// Configuration RRS Software Visibility.
    public static let crsSoftwareVisibility = flag(0, "crsSoftwareVisibility")
    static let fields = [crsSoftwareVisibility]
  }

  /// Root Status.
  public enum RootStatus: RegisterFields {
    static let itself = Register(0x20, 4, "rootStatus", if: isRoot)
    /// PME Requester ID.
    public static let pmeRequesterID = hexadecimal(0...15, "pmeRequesterID", digits: 4)
    /// PME Status.
    public static let pmeStatus = flag(16, "pmeStatus")
    /// PME Pending.
    public static let pmePending = flag(17, "pmePending")
    static let fields = [pmeRequesterID, pmeStatus, pmePending]
  }

  /// Device Capabilities 2; `nil` in version 1.
  public enum DeviceCapabilities2: RegisterFields {
    static let itself = Register(0x24, 4, "deviceCapabilities2", if: isSecondVersion)
    /// Completion Timeout Ranges Supported.
    public static let completionTimeoutRanges = computed(
      0...3, "completionTimeoutRanges", FieldMeaning.completionTimeoutRanges)
    /// Completion Timeout Disable Supported.
    public static let completionTimeoutDisableSupported = flag(
      4, "completionTimeoutDisableSupported")
    /// ARI Forwarding Supported.
    public static let ariForwardingSupported = flag(5, "ariForwardingSupported")
    /// AtomicOp Routing Supported.
    public static let atomicOpRoutingSupported = flag(6, "atomicOpRoutingSupported")
    /// 32-bit AtomicOp Completer Supported.
    public static let atomicOp32CompleterSupported = flag(7, "atomicOp32CompleterSupported")
    /// 64-bit AtomicOp Completer Supported.
    public static let atomicOp64CompleterSupported = flag(8, "atomicOp64CompleterSupported")
    /// 128-bit CAS Completer Supported.
    public static let cas128CompleterSupported = flag(9, "cas128CompleterSupported")
    /// No RO-enabled PR-PR Passing.
    public static let noROEnabledPassing = flag(10, "noROEnabledPassing")
    /// LTR Mechanism Supported.
    public static let ltrMechanismSupported = flag(11, "ltrMechanismSupported")
    /// TPH Completer Supported.
    public static let tphCompleter = names(
      12...13, "tphCompleter", ["none", "TPH", "reserved", "TPH and extended TPH"])
    /// LN System CLS, before version 6.0.
    public static let lnSystemCLS = number(14...15, "lnSystemCLS")
    /// 10-Bit Tag Completer Supported.
    public static let tag10BitCompleterSupported = flag(16, "tag10BitCompleterSupported")
    /// 10-Bit Tag Requester Supported.
    public static let tag10BitRequesterSupported = flag(17, "tag10BitRequesterSupported")
    /// OBFF Supported.
    public static let obffSupport = names(
      18...19, "obffSupport", ["none", "message", "WAKE#", "WAKE# and message"])
    /// Extended Fmt Field Supported.
    public static let extendedFmtSupported = flag(20, "extendedFmtSupported")
    /// End-End TLP Prefix Supported.
    public static let endEndTLPPrefixSupported = flag(21, "endEndTLPPrefixSupported")
    /// Max End-End TLP Prefixes.
    public static let maxEndEndTLPPrefixes = computed(
      22...23, "maxEndEndTLPPrefixes", FieldMeaning.endEndPrefixes)
    /// Emergency Power Reduction Supported.
    public static let emergencyPowerReduction = number(24...25, "emergencyPowerReduction")
    /// Emergency Power Reduction Initialization Required.
    public static let emergencyPowerReductionInitialization = flag(
      26, "emergencyPowerReductionInitialization")
    /// DMWr Completer Supported.
    public static let deferrableMemoryWriteCompleterSupported = flag(
      27, "deferrableMemoryWriteCompleterSupported")
    /// DMWr Lengths Supported.
    public static let deferrableMemoryWriteLengths = hexadecimal(
      28...30, "deferrableMemoryWriteLengths", digits: 1)
    /// FRS Supported.
    public static let frsSupported = flag(31, "frsSupported")
    static let fields = [
      completionTimeoutRanges, completionTimeoutDisableSupported, ariForwardingSupported,
      atomicOpRoutingSupported, atomicOp32CompleterSupported, atomicOp64CompleterSupported,
      cas128CompleterSupported, noROEnabledPassing, ltrMechanismSupported, tphCompleter,
      lnSystemCLS, tag10BitCompleterSupported, tag10BitRequesterSupported, obffSupport,
      extendedFmtSupported, endEndTLPPrefixSupported, maxEndEndTLPPrefixes, emergencyPowerReduction,
      emergencyPowerReductionInitialization, deferrableMemoryWriteCompleterSupported,
      deferrableMemoryWriteLengths, frsSupported,
    ]
  }

  /// Device Control 2.
  public enum DeviceControl2: RegisterFields {
    static let itself = Register(0x28, 2, "deviceControl2", if: isSecondVersion)
    /// Completion Timeout Value.
    public static let completionTimeout = computed(
      0...3, "completionTimeout", FieldMeaning.completionTimeout)
    /// Completion Timeout Disable.
    public static let completionTimeoutDisable = flag(4, "completionTimeoutDisable")
    /// ARI Forwarding Enable.
    public static let ariForwardingEnable = flag(5, "ariForwardingEnable")
    /// AtomicOp Requester Enable.
    public static let atomicOpRequesterEnable = flag(6, "atomicOpRequesterEnable")
    /// AtomicOp Egress Blocking.
    public static let atomicOpEgressBlocking = flag(7, "atomicOpEgressBlocking")
    /// IDO Request Enable.
    public static let idoRequestEnable = flag(8, "idoRequestEnable")
    /// IDO Completion Enable.
    public static let idoCompletionEnable = flag(9, "idoCompletionEnable")
    /// LTR Mechanism Enable.
    public static let ltrMechanismEnable = flag(10, "ltrMechanismEnable")
    /// Emergency Power Reduction Request.
    public static let emergencyPowerReductionRequest = flag(11, "emergencyPowerReductionRequest")
    /// 10-Bit Tag Requester Enable.
    public static let tag10BitRequesterEnable = flag(12, "tag10BitRequesterEnable")
    /// OBFF Enable.
    public static let obffEnable = names(
      13...14, "obffEnable",
      ["disabled", "message, variation A", "message, variation B", "WAKE#"])
    /// End-End TLP Prefix Blocking.
    public static let endEndTLPPrefixBlocking = flag(15, "endEndTLPPrefixBlocking")
    static let fields = [
      completionTimeout, completionTimeoutDisable, ariForwardingEnable, atomicOpRequesterEnable,
      atomicOpEgressBlocking, idoRequestEnable, idoCompletionEnable, ltrMechanismEnable,
      emergencyPowerReductionRequest, tag10BitRequesterEnable, obffEnable, endEndTLPPrefixBlocking,
    ]
  }

  /// Link Capabilities 2; `nil` without a link or in version 1.
  public enum LinkCapabilities2: RegisterFields {
    static let itself = Register(0x2c, 4, "linkCapabilities2", if: hasLink2)
    /// Supported Link Speeds Vector.
    public static let supportedSpeeds = computed(1...7, "supportedSpeeds", FieldMeaning.linkSpeeds)
    /// Crosslink Supported.
    public static let crosslinkSupported = flag(8, "crosslinkSupported")
    /// Lower SKP OS Generation Supported Speeds Vector.
    public static let lowerSKPGeneration = hexadecimal(9...15, "lowerSKPGeneration", digits: 2)
    /// Lower SKP OS Reception Supported Speeds Vector.
    public static let lowerSKPReception = hexadecimal(16...22, "lowerSKPReception", digits: 2)
    /// Retimer Presence Detect Supported.
    public static let retimerPresenceDetectSupported = flag(23, "retimerPresenceDetectSupported")
    /// Two Retimers Presence Detect Supported.
    public static let twoRetimersPresenceDetectSupported = flag(
      24, "twoRetimersPresenceDetectSupported")
    /// DRS Supported.
    public static let drsSupported = flag(31, "drsSupported")
    static let fields = [
      supportedSpeeds, crosslinkSupported, lowerSKPGeneration, lowerSKPReception,
      retimerPresenceDetectSupported, twoRetimersPresenceDetectSupported, drsSupported,
    ]
  }

  /// Link Control 2.
  public enum LinkControl2: RegisterFields {
    static let itself = Register(0x30, 2, "linkControl2", if: hasLink2)
    /// Target Link Speed.
    public static let targetSpeed = computed(0...3, "targetSpeed", FieldMeaning.linkSpeed)
    /// Enter Compliance.
    public static let enterCompliance = flag(4, "enterCompliance")
    /// Hardware Autonomous Speed Disable.
    public static let autonomousSpeedDisable = flag(5, "autonomousSpeedDisable")
    /// Selectable De-emphasis.
    public static let selectableDeemphasis = names(
      6...6, "selectableDeemphasis", ["-6 dB", "-3.5 dB"])
    /// Transmit Margin.
    public static let transmitMargin = number(7...9, "transmitMargin")
    /// Enter Modified Compliance.
    public static let enterModifiedCompliance = flag(10, "enterModifiedCompliance")
    /// Compliance SOS.
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
    /// Crosslink Resolution.
    public static let crosslinkResolution = names(
      8...9, "crosslinkResolution",
      ["unsupported", "upstream port", "downstream port", "not completed"])
    /// Flit Mode Status.
    public static let flitMode = flag(10, "flitMode")
    /// Downstream Component Presence.
    public static let downstreamComponentPresence = names(
      12...14, "downstreamComponentPresence",
      [
        "link down, not determined", "link down, not present", "link down, present",
        "reserved", "link up, present", "link up, present, DRS received",
      ])
    /// DRS Message Received.
    public static let drsMessageReceived = flag(15, "drsMessageReceived")
    static let fields = [
      deemphasis, equalizationComplete, equalizationPhase1Successful, equalizationPhase2Successful,
      equalizationPhase3Successful, linkEqualizationRequest, retimerPresent, twoRetimersPresent,
      crosslinkResolution, flitMode, downstreamComponentPresence, drsMessageReceived,
    ]
  }

  /// Slot Capabilities 2; `nil` without a slot or in version 1.
  public enum SlotCapabilities2: RegisterFields {
    static let itself = Register(0x34, 4, "slotCapabilities2", if: hasSlot2)
    /// In-Band PD Disable Supported.
    public static let inBandPresenceDetectDisableSupported = flag(
      0, "inBandPresenceDetectDisableSupported")
    static let fields = [inBandPresenceDetectDisableSupported]
  }

  /// The fields, in register order.
  public static let layout = RegisterLayout(registers: [
    Capabilities.fields, DeviceCapabilities.fields, DeviceControl.fields, DeviceStatus.fields,
    LinkCapabilities.fields, LinkControl.fields, LinkStatus.fields, SlotCapabilities.fields,
    SlotControl.fields, SlotStatus.fields, RootControl.fields, RootCapabilities.fields,
    RootStatus.fields, DeviceCapabilities2.fields, DeviceControl2.fields, LinkCapabilities2.fields,
    LinkControl2.fields, LinkStatus2.fields, SlotCapabilities2.fields,
  ])

  /// The version of the capability.
  public var version: UInt8 { bits(Capabilities.version) }
  /// What kind of function it is.
  public var portType: PortType { Self.portType(registers) }
  /// Function Level Reset Capability.
  public var supportsFunctionLevelReset: Bool { flag(DeviceCapabilities.functionLevelReset) }
  /// The greatest link speed, in steps of the specification's table; 1 is 2.5 GT/s.
  public var maximumLinkSpeed: LinkSpeed? {
    self[LinkCapabilities.maxSpeed].map { LinkSpeed(rawValue: UInt8($0)) }
  }
  /// The greatest link width, in lanes.
  public var maximumLinkWidth: UInt8? { self[LinkCapabilities.maxWidth].map { UInt8($0) } }
  /// The present link speed.
  public var currentLinkSpeed: LinkSpeed? {
    self[LinkStatus.speed].map { LinkSpeed(rawValue: UInt8($0)) }
  }
  /// The present link width, in lanes; 0 where no link is up.
  public var currentLinkWidth: UInt8? { self[LinkStatus.width].map { UInt8($0) } }
  /// The number of the physical slot, where the port has one.
  public var slotNumber: UInt16? { self[SlotCapabilities.number].map { UInt16($0) } }
  /// Whether a card is in the slot.
  public var isCardPresent: Bool? { isSet(SlotStatus.presence) }

  private static func portType(_ registers: RegisterBytes) -> PortType {
    PortType(rawValue: UInt8(truncatingIfNeeded: registers[Capabilities.portType] ?? 0))
  }

  private static func hasLink(_ registers: RegisterBytes) -> Bool {
    let type = portType(registers)
    return type != .rootComplexEndpoint && type != .rootComplexEventCollector
  }

  private static func hasSlot(_ registers: RegisterBytes) -> Bool {
    registers[Capabilities.slotImplemented] == 1 && portType(registers).canHaveSlot
  }

  private static func isRoot(_ registers: RegisterBytes) -> Bool {
    let type = portType(registers)
    return type == .rootPort || type == .rootComplexEventCollector
  }

  private static func isSecondVersion(_ registers: RegisterBytes) -> Bool {
    registers[Capabilities.version] ?? 0 >= 2
  }

  private static func hasLink2(_ registers: RegisterBytes) -> Bool {
    hasLink(registers) && isSecondVersion(registers)
  }

  private static func hasSlot2(_ registers: RegisterBytes) -> Bool {
    hasSlot(registers) && isSecondVersion(registers)
  }
}
