// SPDX-License-Identifier: Apache-2.0

/// The fields of registers that several HyperTransport blocks have.
///
/// HyperTransport I/O Link 3.10, chapter 7. A block says in which of its registers they are.
enum HyperTransportRows {
  /// Link control.
  enum LinkControl: RegisterFields {
    static let itself = Register.shared
    static let crcFloodEnable = flag(1, "crcFloodEnable")
    static let crcStartTest = flag(2, "crcStartTest")
    static let crcForceError = flag(3, "crcForceError")
    static let linkFailure = flag(4, "linkFailure")
    static let initializationComplete = flag(5, "initializationComplete")
    static let endOfChain = flag(6, "endOfChain")
    static let transmitterOff = flag(7, "transmitterOff")
    static let crcError = hexadecimal(8...11, "crcError", digits: 1)
    static let isochronousEnable = flag(12, "isochronousEnable")
    static let ldtstopTristateEnable = flag(13, "ldtstopTristateEnable")
    static let extendedCTLTime = flag(14, "extendedCTLTime")
    static let address64BitEnable = flag(15, "address64BitEnable")
    static let fields = [
      crcFloodEnable, crcStartTest, crcForceError, linkFailure, initializationComplete, endOfChain,
      transmitterOff, crcError, isochronousEnable, ldtstopTristateEnable, extendedCTLTime,
      address64BitEnable,
    ]
  }

  /// Link configuration.
  enum LinkConfiguration: RegisterFields {
    static let itself = Register.shared
    static let maxLinkWidthIn = names(0...2, "maxLinkWidthIn", HyperTransportRows.widths)
    static let doublewordFlowControlIn = flag(3, "doublewordFlowControlIn")
    static let maxLinkWidthOut = names(4...6, "maxLinkWidthOut", HyperTransportRows.widths)
    static let doublewordFlowControlOut = flag(7, "doublewordFlowControlOut")
    static let linkWidthIn = names(8...10, "linkWidthIn", HyperTransportRows.widths)
    static let doublewordFlowControlInEnable = flag(11, "doublewordFlowControlInEnable")
    static let linkWidthOut = names(12...14, "linkWidthOut", HyperTransportRows.widths)
    static let doublewordFlowControlOutEnable = flag(15, "doublewordFlowControlOutEnable")
    static let fields = [
      maxLinkWidthIn, doublewordFlowControlIn, maxLinkWidthOut, doublewordFlowControlOut,
      linkWidthIn, doublewordFlowControlInEnable, linkWidthOut, doublewordFlowControlOutEnable,
    ]
  }

  /// Revision ID.
  enum RevisionID: RegisterFields {
    static let itself = Register.shared
    static let minor = number(0...4, "minor")
    static let major = number(5...7, "major")
    static let fields = [minor, major]
  }

  /// Link frequency error.
  enum LinkFrequencyError: RegisterFields {
    static let itself = Register.shared
    static let frequency = names(
      0...3, "frequency",
      [
        "200 MHz", "300 MHz", "400 MHz", "500 MHz", "600 MHz", "800 MHz", "1000 MHz",
        "1200 MHz", "1400 MHz", "1600 MHz", "1800 MHz", "2000 MHz", "2200 MHz", "2400 MHz",
        "2600 MHz", "vendor-specific",
      ])
    static let protocolError = flag(4, "protocolError")
    static let overflowError = flag(5, "overflowError")
    static let endOfChainError = flag(6, "endOfChainError")
    static let ctlTimeout = flag(7, "ctlTimeout")
    static let fields = [frequency, protocolError, overflowError, endOfChainError, ctlTimeout]
  }

  /// Link frequency capability.
  enum LinkFrequencyCapability: RegisterFields {
    static let itself = Register.shared
    static let frequencies = hexadecimal(0...15, "", digits: 4)
    static let fields = [frequencies]
  }

  /// Feature.
  enum Feature: RegisterFields {
    static let itself = Register.shared
    static let isochronousFlowControl = flag(0, "isochronousFlowControl")
    static let ldtstop = flag(1, "ldtstop")
    static let crcTestMode = flag(2, "crcTestMode")
    static let extendedCTLTimeRequired = flag(3, "extendedCTLTimeRequired")
    static let addressing64Bit = flag(4, "addressing64Bit")
    static let unitIDReorderDisable = flag(5, "unitIDReorderDisable")
    static let fields = [
      isochronousFlowControl, ldtstop, crcTestMode, extendedCTLTimeRequired, addressing64Bit,
      unitIDReorderDisable,
    ]
  }

  /// Host feature.
  enum HostFeature: RegisterFields {
    static let itself = Register.shared
    static let extendedRegisterSet = flag(8, "extendedRegisterSet")
    static let upstreamConfigurationEnable = flag(9, "upstreamConfigurationEnable")
    static let fields =
      Feature.fields + [
        extendedRegisterSet, upstreamConfigurationEnable,
      ]
  }

  /// Error handling.
  enum ErrorHandling: RegisterFields {
    static let itself = Register.shared
    static let protocolFloodEnable = flag(0, "protocolFloodEnable")
    static let overflowFloodEnable = flag(1, "overflowFloodEnable")
    static let protocolFatalEnable = flag(2, "protocolFatalEnable")
    static let overflowFatalEnable = flag(3, "overflowFatalEnable")
    static let endOfChainFatalEnable = flag(4, "endOfChainFatalEnable")
    static let responseFatalEnable = flag(5, "responseFatalEnable")
    static let crcFatalEnable = flag(6, "crcFatalEnable")
    static let systemErrorFatalEnable = flag(7, "systemErrorFatalEnable")
    static let chainFail = flag(8, "chainFail")
    static let responseError = flag(9, "responseError")
    static let protocolNonFatalEnable = flag(10, "protocolNonFatalEnable")
    static let overflowNonFatalEnable = flag(11, "overflowNonFatalEnable")
    static let endOfChainNonFatalEnable = flag(12, "endOfChainNonFatalEnable")
    static let responseNonFatalEnable = flag(13, "responseNonFatalEnable")
    static let crcNonFatalEnable = flag(14, "crcNonFatalEnable")
    static let systemErrorNonFatalEnable = flag(15, "systemErrorNonFatalEnable")
    static let fields = [
      protocolFloodEnable, overflowFloodEnable, protocolFatalEnable, overflowFatalEnable,
      endOfChainFatalEnable, responseFatalEnable, crcFatalEnable, systemErrorFatalEnable, chainFail,
      responseError, protocolNonFatalEnable, overflowNonFatalEnable, endOfChainNonFatalEnable,
      responseNonFatalEnable, crcNonFatalEnable, systemErrorNonFatalEnable,
    ]
  }

  /// Retry control.
  enum RetryControl: RegisterFields {
    static let itself = Register.shared
    static let linkRetryEnable = flag(0, "linkRetryEnable")
    static let forceSingleError = flag(1, "forceSingleError")
    static let rolloverNonFatalEnable = flag(2, "rolloverNonFatalEnable")
    static let forceSingleStomp = flag(3, "forceSingleStomp")
    static let retryNonFatalEnable = flag(4, "retryNonFatalEnable")
    static let retryFatalEnable = flag(5, "retryFatalEnable")
    static let allowedAttempts = number(6...7, "allowedAttempts")
    static let fields = [
      linkRetryEnable, forceSingleError, rolloverNonFatalEnable, forceSingleStomp,
      retryNonFatalEnable, retryFatalEnable, allowedAttempts,
    ]
  }

  /// Retry status.
  enum RetryStatus: RegisterFields {
    static let itself = Register.shared
    static let retrySent = flag(0, "retrySent")
    static let countRollover = flag(1, "countRollover")
    static let stompReceived = flag(2, "stompReceived")
    static let fields = [retrySent, countRollover, stompReceived]
  }

  private static let widths = [
    "8 bits", "16 bits", "reserved", "32 bits", "2 bits", "4 bits", "reserved",
    "not connected",
  ]
}
