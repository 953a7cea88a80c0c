// SPDX-License-Identifier: Apache-2.0

/// The fields of registers that several HyperTransport blocks have.
///
/// HyperTransport I/O Link 3.10, chapter 7. A block says in which of its registers they are.
enum HyperTransportRows {
  static func linkControl(_ register: Register) -> [RegisterField] {
    register.flags(
      1,
      [
        "crcFloodEnable", "crcStartTest", "crcForceError", "linkFailure", "initializationComplete",
        "endOfChain", "transmitterOff",
      ])
      + [register.hexadecimal(8...11, "crcError", digits: 1)]
      + register.flags(
        12,
        ["isochronousEnable", "ldtstopTristateEnable", "extendedCTLTime", "address64BitEnable"])
  }

  static func linkConfiguration(_ register: Register) -> [RegisterField] {
    let widths = [
      "8 bits", "16 bits", "reserved", "32 bits", "2 bits", "4 bits", "reserved", "not connected",
    ]
    return [register.names(0...2, "maxLinkWidthIn", widths)]
      + register.flags(3, ["doublewordFlowControlIn"])
      + [register.names(4...6, "maxLinkWidthOut", widths)]
      + register.flags(7, ["doublewordFlowControlOut"])
      + [register.names(8...10, "linkWidthIn", widths)]
      + register.flags(11, ["doublewordFlowControlInEnable"])
      + [register.names(12...14, "linkWidthOut", widths)]
      + register.flags(15, ["doublewordFlowControlOutEnable"])
  }

  static func revisionID(_ register: Register) -> [RegisterField] {
    [register.number(0...4, "minor"), register.number(5...7, "major")]
  }

  static func linkFrequencyError(_ register: Register) -> [RegisterField] {
    let frequencies = [
      "200 MHz", "300 MHz", "400 MHz", "500 MHz", "600 MHz", "800 MHz", "1000 MHz", "1200 MHz",
      "1400 MHz", "1600 MHz", "1800 MHz", "2000 MHz", "2200 MHz", "2400 MHz", "2600 MHz",
      "vendor-specific",
    ]
    return [register.names(0...3, "frequency", frequencies)]
      + register.flags(4, ["protocolError", "overflowError", "endOfChainError", "ctlTimeout"])
  }

  static func feature(_ register: Register) -> [RegisterField] {
    register.flags(
      0,
      [
        "isochronousFlowControl", "ldtstop", "crcTestMode", "extendedCTLTimeRequired",
        "addressing64Bit", "unitIDReorderDisable",
      ])
  }

  static func hostFeature(_ register: Register) -> [RegisterField] {
    feature(register) + register.flags(8, ["extendedRegisterSet", "upstreamConfigurationEnable"])
  }

  static func errorHandling(_ register: Register) -> [RegisterField] {
    register.flags(
      0,
      [
        "protocolFloodEnable", "overflowFloodEnable", "protocolFatalEnable", "overflowFatalEnable",
        "endOfChainFatalEnable", "responseFatalEnable", "crcFatalEnable", "systemErrorFatalEnable",
        "chainFail", "responseError", "protocolNonFatalEnable", "overflowNonFatalEnable",
        "endOfChainNonFatalEnable", "responseNonFatalEnable", "crcNonFatalEnable",
        "systemErrorNonFatalEnable",
      ])
  }

  static func retryControl(_ register: Register) -> [RegisterField] {
    register.flags(
      0,
      [
        "linkRetryEnable", "forceSingleError", "rolloverNonFatalEnable", "forceSingleStomp",
        "retryNonFatalEnable", "retryFatalEnable",
      ]) + [register.number(6...7, "allowedAttempts")]
  }

  static func retryStatus(_ register: Register) -> [RegisterField] {
    register.flags(0, ["retrySent", "countRollover", "stompReceived"])
  }
}
