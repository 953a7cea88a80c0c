// SPDX-License-Identifier: Apache-2.0

extension PCIExpress {
  /// Interrupt Message Number.
  public var interruptMessageNumber: UInt16 { capabilities[bits: 9...13] }
  /// Flit Mode Supported.
  public var supportsFlitMode: Bool { capabilities[bit: 15] }

  /// Phantom Functions Supported, in bits of the function number.
  public var phantomFunctionBits: UInt32 { deviceCapabilities[bits: 3...4] }
  /// Extended Tag Field Supported.
  public var supportsExtendedTag: Bool { deviceCapabilities[bit: 5] }
  /// Endpoint L0s Acceptable Latency, as a code.
  public var l0sAcceptableLatency: UInt32 { deviceCapabilities[bits: 6...8] }
  /// Endpoint L1 Acceptable Latency, as a code.
  public var l1AcceptableLatency: UInt32 { deviceCapabilities[bits: 9...11] }
  /// Attention Button Present, before version 1.1.
  public var isAttentionButtonPresent: Bool { deviceCapabilities[bit: 12] }
  /// Attention Indicator Present, before version 1.1.
  public var isAttentionIndicatorPresent: Bool { deviceCapabilities[bit: 13] }
  /// Power Indicator Present, before version 1.1.
  public var isPowerIndicatorPresent: Bool { deviceCapabilities[bit: 14] }
  /// Role-Based Error Reporting.
  public var usesRoleBasedErrorReporting: Bool { deviceCapabilities[bit: 15] }
  /// ERR_COR Subclass Capable.
  public var isErrCorSubclassCapable: Bool { deviceCapabilities[bit: 16] }
  /// Captured Slot Power Limit, Value and Scale, as a code.
  public var capturedSlotPowerLimit: UInt32 { deviceCapabilities[bits: 18...27] }
  /// Mixed_MPS_Supported.
  public var supportsMixedMaxPayload: Bool { deviceCapabilities[bit: 29] }
  /// TEE-IO Supported.
  public var supportsTEEIO: Bool { deviceCapabilities[bit: 30] }

  /// Correctable Error Reporting Enable.
  public var isCorrectableErrorReportingEnabled: Bool { deviceControl[bit: 0] }
  /// Non-Fatal Error Reporting Enable.
  public var isNonFatalErrorReportingEnabled: Bool { deviceControl[bit: 1] }
  /// Fatal Error Reporting Enable.
  public var isFatalErrorReportingEnabled: Bool { deviceControl[bit: 2] }
  /// Unsupported Request Reporting Enable.
  public var isUnsupportedRequestReportingEnabled: Bool { deviceControl[bit: 3] }
  /// Enable Relaxed Ordering.
  public var isRelaxedOrderingEnabled: Bool { deviceControl[bit: 4] }
  /// Max_Payload_Size, in bytes.
  public var maximumPayload: UInt32 { 128 << UInt32(deviceControl[bits: 5...7]) }
  /// Extended Tag Field Enable.
  public var isExtendedTagEnabled: Bool { deviceControl[bit: 8] }
  /// Phantom Functions Enable.
  public var arePhantomFunctionsEnabled: Bool { deviceControl[bit: 9] }
  /// Aux Power PM Enable.
  public var isAuxPowerPMEnabled: Bool { deviceControl[bit: 10] }
  /// Enable No Snoop.
  public var isNoSnoopEnabled: Bool { deviceControl[bit: 11] }
  /// Max_Read_Request_Size, in bytes.
  public var maximumReadRequest: UInt32 { 128 << UInt32(deviceControl[bits: 12...14]) }
  /// Bridge Configuration Retry Enable of a PCI Express to PCI bridge, Initiate Function Level
  /// Reset of others.
  public var isBridgeRetryEnabledOrResetInitiated: Bool { deviceControl[bit: 15] }

  /// Correctable Error Detected.
  public var isCorrectableErrorDetected: Bool { deviceStatus[bit: 0] }
  /// Non-Fatal Error Detected.
  public var isNonFatalErrorDetected: Bool { deviceStatus[bit: 1] }
  /// Fatal Error Detected.
  public var isFatalErrorDetected: Bool { deviceStatus[bit: 2] }
  /// Unsupported Request Detected.
  public var isUnsupportedRequestDetected: Bool { deviceStatus[bit: 3] }
  /// AUX Power Detected.
  public var isAuxPowerDetected: Bool { deviceStatus[bit: 4] }
  /// Transactions Pending.
  public var areTransactionsPending: Bool { deviceStatus[bit: 5] }
  /// Emergency Power Reduction Detected.
  public var isEmergencyPowerReductionDetected: Bool { deviceStatus[bit: 6] }

  static var deviceTables: [RegisterTable] {
    [
      RegisterTable(
        "capabilities",
        [
          .number(0...3, "version"),
          .computed(4...7, "portType") { FieldMeaning.portType($0) },
          .flag(8, "slotImplemented"),
          .number(9...13, "interruptMessageNumber"),
          .flag(15, "flitModeSupported"),
        ]),
      RegisterTable(
        "deviceCapabilities",
        [
          .power(0...2, "maxPayload", base: 128, unit: "bytes"),
          .number(3...4, "phantomFunctions"),
          .flag(5, "extendedTagSupported"),
          .computed(6...8, "l0sAcceptableLatency") { FieldMeaning.acceptableL0sLatency($0) },
          .computed(9...11, "l1AcceptableLatency") { FieldMeaning.acceptableL1Latency($0) },
          .flag(12, "attentionButtonPresent"),
          .flag(13, "attentionIndicatorPresent"),
          .flag(14, "powerIndicatorPresent"),
          .flag(15, "roleBasedErrorReporting"),
          .flag(16, "errCorSubclassCapable"),
          .computed(18...27, "slotPowerLimit") { FieldMeaning.slotPowerLimit($0) },
          .flag(28, "functionLevelReset"),
          .flag(29, "mixedMaxPayloadSupported"),
          .flag(30, "teeIOSupported"),
        ]),
      RegisterTable(
        "deviceControl",
        [
          .flag(0, "correctableErrorReportingEnable"),
          .flag(1, "nonFatalErrorReportingEnable"),
          .flag(2, "fatalErrorReportingEnable"),
          .flag(3, "unsupportedRequestReportingEnable"),
          .flag(4, "relaxedOrderingEnable"),
          .power(5...7, "maxPayload", base: 128, unit: "bytes"),
          .flag(8, "extendedTagEnable"),
          .flag(9, "phantomFunctionsEnable"),
          .flag(10, "auxPowerPMEnable"),
          .flag(11, "noSnoopEnable"),
          .power(12...14, "maxReadRequest", base: 128, unit: "bytes"),
          .flag(15, "bridgeRetryOrFunctionLevelReset"),
        ]),
      RegisterTable(
        "deviceStatus",
        [
          .flag(0, "correctableErrorDetected"),
          .flag(1, "nonFatalErrorDetected"),
          .flag(2, "fatalErrorDetected"),
          .flag(3, "unsupportedRequestDetected"),
          .flag(4, "auxPowerDetected"),
          .flag(5, "transactionsPending"),
          .flag(6, "emergencyPowerReductionDetected"),
        ]),
    ]
  }
}
