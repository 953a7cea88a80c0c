// SPDX-License-Identifier: Apache-2.0

extension PCIExpress {
  /// Supported Link Speeds Vector, as a code.
  public var supportedSpeeds: UInt32? { linkCapabilities2.map { $0[bits: 1...7] } }
  /// Crosslink Supported.
  public var supportsCrosslink: Bool? { linkCapabilities2.map { $0[bit: 8] } }
  /// Lower SKP OS Generation Supported Speeds Vector.
  public var lowerSKPGeneration: UInt32? { linkCapabilities2.map { $0[bits: 9...15] } }
  /// Lower SKP OS Reception Supported Speeds Vector.
  public var lowerSKPReception: UInt32? { linkCapabilities2.map { $0[bits: 16...22] } }
  /// Retimer Presence Detect Supported.
  public var supportsRetimerPresenceDetect: Bool? { linkCapabilities2.map { $0[bit: 23] } }
  /// Two Retimers Presence Detect Supported.
  public var supportsTwoRetimersPresenceDetect: Bool? { linkCapabilities2.map { $0[bit: 24] } }
  /// DRS Supported.
  public var supportsDRS: Bool? { linkCapabilities2.map { $0[bit: 31] } }

  /// Target Link Speed, as a code.
  public var targetSpeed: UInt16? { linkControl2.map { $0[bits: 0...3] } }
  /// Enter Compliance.
  public var entersCompliance: Bool? { linkControl2.map { $0[bit: 4] } }
  /// Hardware Autonomous Speed Disable.
  public var isAutonomousSpeedDisabled: Bool? { linkControl2.map { $0[bit: 5] } }
  /// Selectable De-emphasis, as a code.
  public var selectableDeemphasis: UInt16? { linkControl2.map { $0[bits: 6...6] } }
  /// Transmit Margin, as a code.
  public var transmitMargin: UInt16? { linkControl2.map { $0[bits: 7...9] } }
  /// Enter Modified Compliance.
  public var entersModifiedCompliance: Bool? { linkControl2.map { $0[bit: 10] } }
  /// Compliance SOS.
  public var sendsComplianceSOS: Bool? { linkControl2.map { $0[bit: 11] } }
  /// Compliance Preset/De-emphasis, as a code.
  public var compliancePreset: UInt16? { linkControl2.map { $0[bits: 12...15] } }

  /// Current De-emphasis Level, at 5 GT/s, as a code.
  public var deemphasis: UInt16? { linkStatus2.map { $0[bits: 0...0] } }
  /// Equalization 8.0 GT/s Complete.
  public var isEqualizationComplete: Bool? { linkStatus2.map { $0[bit: 1] } }
  /// Equalization 8.0 GT/s Phase 1 Successful.
  public var wasEqualizationPhase1Successful: Bool? { linkStatus2.map { $0[bit: 2] } }
  /// Equalization 8.0 GT/s Phase 2 Successful.
  public var wasEqualizationPhase2Successful: Bool? { linkStatus2.map { $0[bit: 3] } }
  /// Equalization 8.0 GT/s Phase 3 Successful.
  public var wasEqualizationPhase3Successful: Bool? { linkStatus2.map { $0[bit: 4] } }
  /// Link Equalization Request 8.0 GT/s.
  public var hasLinkEqualizationRequest: Bool? { linkStatus2.map { $0[bit: 5] } }
  /// Retimer Presence Detected.
  public var isRetimerPresent: Bool? { linkStatus2.map { $0[bit: 6] } }
  /// Two Retimers Presence Detected.
  public var areTwoRetimersPresent: Bool? { linkStatus2.map { $0[bit: 7] } }
  /// Crosslink Resolution, as a code.
  public var crosslinkResolution: UInt16? { linkStatus2.map { $0[bits: 8...9] } }
  /// Flit Mode Status.
  public var isInFlitMode: Bool? { linkStatus2.map { $0[bit: 10] } }
  /// Downstream Component Presence, as a code.
  public var downstreamComponentPresence: UInt16? { linkStatus2.map { $0[bits: 12...14] } }
  /// DRS Message Received.
  public var wasDRSMessageReceived: Bool? { linkStatus2.map { $0[bit: 15] } }

  static var link2Tables: [RegisterTable] {
    [
      RegisterTable(
        "linkCapabilities2",
        [
          .computed(1...7, "supportedSpeeds") { FieldMeaning.linkSpeeds($0) },
          .flag(8, "crosslinkSupported"),
          .hexadecimal(9...15, "lowerSKPGeneration", digits: 2),
          .hexadecimal(16...22, "lowerSKPReception", digits: 2),
          .flag(23, "retimerPresenceDetectSupported"),
          .flag(24, "twoRetimersPresenceDetectSupported"),
          .flag(31, "drsSupported"),
        ]),
      RegisterTable(
        "linkControl2",
        [
          .computed(0...3, "targetSpeed") { FieldMeaning.linkSpeed($0) },
          .flag(4, "enterCompliance"),
          .flag(5, "autonomousSpeedDisable"),
          .names(6...6, "selectableDeemphasis", ["-6 dB", "-3.5 dB"]),
          .number(7...9, "transmitMargin"),
          .flag(10, "enterModifiedCompliance"),
          .flag(11, "complianceSOS"),
          .number(12...15, "compliancePreset"),
        ]),
      RegisterTable(
        "linkStatus2",
        [.names(0...0, "deemphasis", ["-6 dB", "-3.5 dB"])] + RegisterTable.equalization(from: 1)
          + [
            .flag(6, "retimerPresent"),
            .flag(7, "twoRetimersPresent"),
            .names(
              8...9, "crosslinkResolution",
              ["unsupported", "upstream port", "downstream port", "not completed"]),
            .flag(10, "flitMode"),
            .names(
              12...14, "downstreamComponentPresence",
              [
                "link down, not determined", "link down, not present", "link down, present",
                "reserved", "link up, present", "link up, present, DRS received",
              ]),
            .flag(15, "drsMessageReceived"),
          ]),
    ]
  }
}
