// SPDX-License-Identifier: Apache-2.0

/// The rows of registers that several HyperTransport blocks have.
///
/// HyperTransport I/O Link 3.10, chapter 7.
enum HyperTransportRows {
  static var linkControl: [RegisterTable.Row] {
    [
      .flag(1, "crcFloodEnable"),
      .flag(2, "crcStartTest"),
      .flag(3, "crcForceError"),
      .flag(4, "linkFailure"),
      .flag(5, "initializationComplete"),
      .flag(6, "endOfChain"),
      .flag(7, "transmitterOff"),
      .hexadecimal(8...11, "crcError", digits: 1),
      .flag(12, "isochronousEnable"),
      .flag(13, "ldtstopTristateEnable"),
      .flag(14, "extendedCTLTime"),
      .flag(15, "address64BitEnable"),
    ]
  }

  static var linkConfiguration: [RegisterTable.Row] {
    [
      .names(0...2, "maxLinkWidthIn", widths),
      .flag(3, "doublewordFlowControlIn"),
      .names(4...6, "maxLinkWidthOut", widths),
      .flag(7, "doublewordFlowControlOut"),
      .names(8...10, "linkWidthIn", widths),
      .flag(11, "doublewordFlowControlInEnable"),
      .names(12...14, "linkWidthOut", widths),
      .flag(15, "doublewordFlowControlOutEnable"),
    ]
  }

  private static var widths: [String] {
    [
      "8 bits", "16 bits", "reserved", "32 bits", "2 bits", "4 bits", "reserved",
      "not connected",
    ]
  }

  static var revisionID: [RegisterTable.Row] {
    [.number(0...4, "minor"), .number(5...7, "major")]
  }

  static var linkFrequencyError: [RegisterTable.Row] {
    [
      .names(
        0...3, "frequency",
        [
          "200 MHz", "300 MHz", "400 MHz", "500 MHz", "600 MHz", "800 MHz", "1000 MHz",
          "1200 MHz", "1400 MHz", "1600 MHz", "1800 MHz", "2000 MHz", "2200 MHz", "2400 MHz",
          "2600 MHz", "vendor-specific",
        ]),
      .flag(4, "protocolError"),
      .flag(5, "overflowError"),
      .flag(6, "endOfChainError"),
      .flag(7, "ctlTimeout"),
    ]
  }

  /// One bit for each frequency, in the order of the frequency codes.
  static var linkFrequencyCapability: [RegisterTable.Row] {
    [.hexadecimal(0...15, "", digits: 4)]
  }

  static var feature: [RegisterTable.Row] {
    [
      .flag(0, "isochronousFlowControl"),
      .flag(1, "ldtstop"),
      .flag(2, "crcTestMode"),
      .flag(3, "extendedCTLTimeRequired"),
      .flag(4, "addressing64Bit"),
      .flag(5, "unitIDReorderDisable"),
    ]
  }

  /// The feature register of a host is twice as wide.
  static var hostFeature: [RegisterTable.Row] {
    feature + [.flag(8, "extendedRegisterSet"), .flag(9, "upstreamConfigurationEnable")]
  }

  static var errorHandling: [RegisterTable.Row] {
    [
      .flag(0, "protocolFloodEnable"),
      .flag(1, "overflowFloodEnable"),
      .flag(2, "protocolFatalEnable"),
      .flag(3, "overflowFatalEnable"),
      .flag(4, "endOfChainFatalEnable"),
      .flag(5, "responseFatalEnable"),
      .flag(6, "crcFatalEnable"),
      .flag(7, "systemErrorFatalEnable"),
      .flag(8, "chainFail"),
      .flag(9, "responseError"),
      .flag(10, "protocolNonFatalEnable"),
      .flag(11, "overflowNonFatalEnable"),
      .flag(12, "endOfChainNonFatalEnable"),
      .flag(13, "responseNonFatalEnable"),
      .flag(14, "crcNonFatalEnable"),
      .flag(15, "systemErrorNonFatalEnable"),
    ]
  }

  static var retryControl: [RegisterTable.Row] {
    [
      .flag(0, "linkRetryEnable"),
      .flag(1, "forceSingleError"),
      .flag(2, "rolloverNonFatalEnable"),
      .flag(3, "forceSingleStomp"),
      .flag(4, "retryNonFatalEnable"),
      .flag(5, "retryFatalEnable"),
      .number(6...7, "allowedAttempts"),
    ]
  }

  static var retryStatus: [RegisterTable.Row] {
    [.flag(0, "retrySent"), .flag(1, "countRollover"), .flag(2, "stompReceived")]
  }
}
