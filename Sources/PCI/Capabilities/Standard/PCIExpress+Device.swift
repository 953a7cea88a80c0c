// SPDX-License-Identifier: Apache-2.0

extension PCIExpress {
  public enum DeviceCapabilities: RegisterFields {
    static let itself = Register(4, 4, "deviceCapabilities")
    /// The largest payload the function can take, in bytes.
    public static let maxPayload = power(0...2, "maxPayload", base: 128, unit: "bytes")
    /// Phantom Functions Supported, in bits of the function number.
    public static let phantomFunctions = number(3...4, "phantomFunctions")
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
    public static let roleBasedErrorReporting = flag(15, "roleBasedErrorReporting")
    public static let errCorSubclassCapable = flag(16, "errCorSubclassCapable")
    /// Captured Slot Power Limit, Value and Scale.
    public static let slotPowerLimit = computed(
      18...27, "slotPowerLimit", FieldMeaning.slotPowerLimit)
    /// Function Level Reset Capability.
    public static let functionLevelReset = flag(28, "functionLevelReset")
    public static let mixedMaxPayloadSupported = flag(29, "mixedMaxPayloadSupported")
    public static let teeIOSupported = flag(30, "teeIOSupported")
    static let fields = [
      maxPayload, phantomFunctions, extendedTagSupported, l0sAcceptableLatency, l1AcceptableLatency,
      attentionButtonPresent, attentionIndicatorPresent, powerIndicatorPresent,
      roleBasedErrorReporting, errCorSubclassCapable, slotPowerLimit, functionLevelReset,
      mixedMaxPayloadSupported, teeIOSupported,
    ]
  }

  public enum DeviceControl: RegisterFields {
    static let itself = Register(8, 2, "deviceControl")
    public static let correctableErrorReportingEnable = flag(0, "correctableErrorReportingEnable")
    public static let nonFatalErrorReportingEnable = flag(1, "nonFatalErrorReportingEnable")
    public static let fatalErrorReportingEnable = flag(2, "fatalErrorReportingEnable")
    public static let unsupportedRequestReportingEnable = flag(
      3, "unsupportedRequestReportingEnable")
    public static let relaxedOrderingEnable = flag(4, "relaxedOrderingEnable")
    /// Max_Payload_Size, in bytes.
    public static let maxPayload = power(5...7, "maxPayload", base: 128, unit: "bytes")
    public static let extendedTagEnable = flag(8, "extendedTagEnable")
    public static let phantomFunctionsEnable = flag(9, "phantomFunctionsEnable")
    public static let auxPowerPMEnable = flag(10, "auxPowerPMEnable")
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

  public enum DeviceStatus: RegisterFields {
    static let itself = Register(0xa, 2, "deviceStatus")
    public static let correctableErrorDetected = flag(0, "correctableErrorDetected")
    public static let nonFatalErrorDetected = flag(1, "nonFatalErrorDetected")
    public static let fatalErrorDetected = flag(2, "fatalErrorDetected")
    public static let unsupportedRequestDetected = flag(3, "unsupportedRequestDetected")
    public static let auxPowerDetected = flag(4, "auxPowerDetected")
    public static let transactionsPending = flag(5, "transactionsPending")
    public static let emergencyPowerReductionDetected = flag(6, "emergencyPowerReductionDetected")
    static let fields = [
      correctableErrorDetected, nonFatalErrorDetected, fatalErrorDetected,
      unsupportedRequestDetected, auxPowerDetected, transactionsPending,
      emergencyPowerReductionDetected,
    ]
  }

  /// Device Capabilities 2; `nil` in version 1.
  public enum DeviceCapabilities2: RegisterFields {
    static let itself = Register(0x24, 4, "deviceCapabilities2", if: isSecondVersion)
    public static let completionTimeoutRanges = computed(
      0...3, "completionTimeoutRanges", FieldMeaning.completionTimeoutRanges)
    public static let completionTimeoutDisableSupported = flag(
      4, "completionTimeoutDisableSupported")
    public static let ariForwardingSupported = flag(5, "ariForwardingSupported")
    public static let atomicOpRoutingSupported = flag(6, "atomicOpRoutingSupported")
    /// 32-bit AtomicOp Completer Supported.
    public static let atomicOp32CompleterSupported = flag(7, "atomicOp32CompleterSupported")
    /// 64-bit AtomicOp Completer Supported.
    public static let atomicOp64CompleterSupported = flag(8, "atomicOp64CompleterSupported")
    /// 128-bit CAS Completer Supported.
    public static let cas128CompleterSupported = flag(9, "cas128CompleterSupported")
    /// No RO-enabled PR-PR Passing.
    public static let noROEnabledPassing = flag(10, "noROEnabledPassing")
    public static let ltrMechanismSupported = flag(11, "ltrMechanismSupported")
    public static let tphCompleter = names(
      12...13, "tphCompleter", ["none", "TPH", "reserved", "TPH and extended TPH"])
    /// LN System CLS, before version 6.0.
    public static let lnSystemCLS = number(14...15, "lnSystemCLS")
    /// 10-Bit Tag Completer Supported.
    public static let tag10BitCompleterSupported = flag(16, "tag10BitCompleterSupported")
    /// 10-Bit Tag Requester Supported.
    public static let tag10BitRequesterSupported = flag(17, "tag10BitRequesterSupported")
    public static let obffSupport = names(
      18...19, "obffSupport", ["none", "message", "WAKE#", "WAKE# and message"])
    public static let extendedFmtSupported = flag(20, "extendedFmtSupported")
    public static let endEndTLPPrefixSupported = flag(21, "endEndTLPPrefixSupported")
    public static let maxEndEndTLPPrefixes = computed(
      22...23, "maxEndEndTLPPrefixes", FieldMeaning.endEndPrefixes)
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
    public static let completionTimeout = computed(
      0...3, "completionTimeout", FieldMeaning.completionTimeout)
    public static let completionTimeoutDisable = flag(4, "completionTimeoutDisable")
    public static let ariForwardingEnable = flag(5, "ariForwardingEnable")
    public static let atomicOpRequesterEnable = flag(6, "atomicOpRequesterEnable")
    public static let atomicOpEgressBlocking = flag(7, "atomicOpEgressBlocking")
    public static let idoRequestEnable = flag(8, "idoRequestEnable")
    public static let idoCompletionEnable = flag(9, "idoCompletionEnable")
    public static let ltrMechanismEnable = flag(10, "ltrMechanismEnable")
    public static let emergencyPowerReductionRequest = flag(11, "emergencyPowerReductionRequest")
    /// 10-Bit Tag Requester Enable.
    public static let tag10BitRequesterEnable = flag(12, "tag10BitRequesterEnable")
    public static let obffEnable = names(
      13...14, "obffEnable",
      ["disabled", "message, variation A", "message, variation B", "WAKE#"])
    public static let endEndTLPPrefixBlocking = flag(15, "endEndTLPPrefixBlocking")
    static let fields = [
      completionTimeout, completionTimeoutDisable, ariForwardingEnable, atomicOpRequesterEnable,
      atomicOpEgressBlocking, idoRequestEnable, idoCompletionEnable, ltrMechanismEnable,
      emergencyPowerReductionRequest, tag10BitRequesterEnable, obffEnable, endEndTLPPrefixBlocking,
    ]
  }
}
