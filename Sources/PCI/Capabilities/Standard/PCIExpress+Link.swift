// SPDX-License-Identifier: Apache-2.0

extension PCIExpress {
  /// ASPM Support, as a code.
  public var aspmSupport: UInt32? { linkCapabilities.map { $0[bits: 10...11] } }
  /// L0s Exit Latency, as a code.
  public var l0sExitLatency: UInt32? { linkCapabilities.map { $0[bits: 12...14] } }
  /// L1 Exit Latency, as a code.
  public var l1ExitLatency: UInt32? { linkCapabilities.map { $0[bits: 15...17] } }
  /// Clock Power Management.
  public var supportsClockPowerManagement: Bool? { linkCapabilities.map { $0[bit: 18] } }
  /// Surprise Down Error Reporting Capable.
  public var supportsSurpriseDownReporting: Bool? { linkCapabilities.map { $0[bit: 19] } }
  /// Data Link Layer Link Active Reporting Capable.
  public var supportsDataLinkLayerActiveReporting: Bool? { linkCapabilities.map { $0[bit: 20] } }
  /// Link Bandwidth Notification Capability.
  public var supportsBandwidthNotification: Bool? { linkCapabilities.map { $0[bit: 21] } }
  /// ASPM Optionality Compliance.
  public var hasASPMOptionalityCompliance: Bool? { linkCapabilities.map { $0[bit: 22] } }
  /// Port Number.
  public var portNumber: UInt32? { linkCapabilities.map { $0[bits: 24...31] } }

  /// ASPM Control, as a code.
  public var aspmControl: UInt16? { linkControl.map { $0[bits: 0...1] } }
  /// PTM Propagation Delay Adaptation Interpretation.
  public var hasPTMPropagationDelayAdaptation: Bool? { linkControl.map { $0[bit: 2] } }
  /// Read Completion Boundary, as a code.
  public var readCompletionBoundary: UInt16? { linkControl.map { $0[bits: 3...3] } }
  /// Link Disable.
  public var isLinkDisabled: Bool? { linkControl.map { $0[bit: 4] } }
  /// Retrain Link.
  public var isRetrainingLink: Bool? { linkControl.map { $0[bit: 5] } }
  /// Common Clock Configuration.
  public var usesCommonClock: Bool? { linkControl.map { $0[bit: 6] } }
  /// Extended Synch.
  public var usesExtendedSynch: Bool? { linkControl.map { $0[bit: 7] } }
  /// Enable Clock Power Management.
  public var isClockPowerManagementEnabled: Bool? { linkControl.map { $0[bit: 8] } }
  /// Hardware Autonomous Width Disable.
  public var isAutonomousWidthDisabled: Bool? { linkControl.map { $0[bit: 9] } }
  /// Link Bandwidth Management Interrupt Enable.
  public var isBandwidthManagementInterruptEnabled: Bool? { linkControl.map { $0[bit: 10] } }
  /// Link Autonomous Bandwidth Interrupt Enable.
  public var isAutonomousBandwidthInterruptEnabled: Bool? { linkControl.map { $0[bit: 11] } }
  /// SRIS Clocking.
  public var usesSRISClocking: Bool? { linkControl.map { $0[bit: 12] } }
  /// Flit Mode Disable.
  public var isFlitModeDisabled: Bool? { linkControl.map { $0[bit: 13] } }
  /// DRS Signaling Control.
  public var drsSignalingControl: UInt16? { linkControl.map { $0[bits: 14...15] } }

  /// Training Error, before version 1.1.
  public var hasTrainingError: Bool? { linkStatus.map { $0[bit: 10] } }
  /// Link Training.
  public var isLinkTraining: Bool? { linkStatus.map { $0[bit: 11] } }
  /// Slot Clock Configuration.
  public var usesSlotClock: Bool? { linkStatus.map { $0[bit: 12] } }
  /// Data Link Layer Link Active.
  public var isDataLinkLayerActive: Bool? { linkStatus.map { $0[bit: 13] } }
  /// Link Bandwidth Management Status.
  public var hasBandwidthManagementChanged: Bool? { linkStatus.map { $0[bit: 14] } }
  /// Link Autonomous Bandwidth Status.
  public var hasAutonomousBandwidthChanged: Bool? { linkStatus.map { $0[bit: 15] } }

  /// The rows that the capabilities of a link inside a root complex have too.
  static var linkCapabilityRows: [RegisterTable.Row] {
    [
      .computed(0...3, "maxSpeed") { FieldMeaning.linkSpeed($0) },
      .number(4...9, "maxWidth"),
      .names(10...11, "aspmSupport", ["none", "L0s", "L1", "L0s and L1"]),
      .computed(12...14, "l0sExitLatency") { FieldMeaning.l0sExitLatency($0) },
      .computed(15...17, "l1ExitLatency") { FieldMeaning.l1ExitLatency($0) },
    ]
  }

  /// The rows that the status of a link inside a root complex has too.
  static var linkStatusRows: [RegisterTable.Row] {
    [
      .computed(0...3, "speed") { FieldMeaning.linkSpeed($0) },
      .number(4...9, "width"),
    ]
  }

  static var linkTables: [RegisterTable] {
    [
      RegisterTable(
        "linkCapabilities",
        linkCapabilityRows + [
          .flag(18, "clockPowerManagement"),
          .flag(19, "surpriseDownReporting"),
          .flag(20, "dataLinkLayerActiveReporting"),
          .flag(21, "bandwidthNotification"),
          .flag(22, "aspmOptionalityCompliance"),
          .number(24...31, "portNumber"),
        ]),
      RegisterTable(
        "linkControl",
        [
          .names(0...1, "aspmControl", ["disabled", "L0s", "L1", "L0s and L1"]),
          .flag(2, "ptmPropagationDelayAdaptation"),
          .names(3...3, "readCompletionBoundary", ["64 bytes", "128 bytes"]),
          .flag(4, "linkDisable"),
          .flag(5, "retrainLink"),
          .flag(6, "commonClock"),
          .flag(7, "extendedSynch"),
          .flag(8, "clockPowerManagementEnable"),
          .flag(9, "autonomousWidthDisable"),
          .flag(10, "bandwidthManagementInterruptEnable"),
          .flag(11, "autonomousBandwidthInterruptEnable"),
          .flag(12, "srisClocking"),
          .flag(13, "flitModeDisable"),
          .number(14...15, "drsSignalingControl"),
        ]),
      RegisterTable(
        "linkStatus",
        linkStatusRows + [
          .flag(10, "trainingError"),
          .flag(11, "linkTraining"),
          .flag(12, "slotClock"),
          .flag(13, "dataLinkLayerActive"),
          .flag(14, "bandwidthManagement"),
          .flag(15, "autonomousBandwidth"),
        ]),
    ]
  }
}
