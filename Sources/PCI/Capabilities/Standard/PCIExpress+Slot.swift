// SPDX-License-Identifier: Apache-2.0

extension PCIExpress {
  /// Attention Button Present.
  public var slotCapabilitiesIsAttentionButtonPresent: Bool? { slotCapabilities.map { $0[bit: 0] } }
  /// Power Controller Present.
  public var isPowerControllerPresent: Bool? { slotCapabilities.map { $0[bit: 1] } }
  /// MRL Sensor Present.
  public var isMRLSensorPresent: Bool? { slotCapabilities.map { $0[bit: 2] } }
  /// Attention Indicator Present.
  public var slotCapabilitiesIsAttentionIndicatorPresent: Bool? {
    slotCapabilities.map { $0[bit: 3] }
  }
  /// Power Indicator Present.
  public var slotCapabilitiesIsPowerIndicatorPresent: Bool? { slotCapabilities.map { $0[bit: 4] } }
  /// Hot-Plug Surprise.
  public var hasHotPlugSurprise: Bool? { slotCapabilities.map { $0[bit: 5] } }
  /// Hot-Plug Capable.
  public var isHotPlugCapable: Bool? { slotCapabilities.map { $0[bit: 6] } }
  /// Slot Power Limit, Value and Scale, as a code.
  public var slotPowerLimit: UInt32? { slotCapabilities.map { $0[bits: 7...16] } }
  /// Electromechanical Interlock Present.
  public var isInterlockPresent: Bool? { slotCapabilities.map { $0[bit: 17] } }
  /// No Command Completed Support.
  public var hasNoCommandCompleted: Bool? { slotCapabilities.map { $0[bit: 18] } }

  /// Attention Button Pressed Enable.
  public var isAttentionButtonPressedEnabled: Bool? { slotControl.map { $0[bit: 0] } }
  /// Power Fault Detected Enable.
  public var isPowerFaultDetectedEnabled: Bool? { slotControl.map { $0[bit: 1] } }
  /// MRL Sensor Changed Enable.
  public var isMRLSensorChangedEnabled: Bool? { slotControl.map { $0[bit: 2] } }
  /// Presence Detect Changed Enable.
  public var isPresenceDetectChangedEnabled: Bool? { slotControl.map { $0[bit: 3] } }
  /// Command Completed Interrupt Enable.
  public var isCommandCompletedInterruptEnabled: Bool? { slotControl.map { $0[bit: 4] } }
  /// Hot-Plug Interrupt Enable.
  public var isHotPlugInterruptEnabled: Bool? { slotControl.map { $0[bit: 5] } }
  /// Attention Indicator Control, as a code.
  public var attentionIndicator: UInt16? { slotControl.map { $0[bits: 6...7] } }
  /// Power Indicator Control, as a code.
  public var powerIndicator: UInt16? { slotControl.map { $0[bits: 8...9] } }
  /// Power Controller Control: power is off.
  public var isPowerControllerOff: Bool? { slotControl.map { $0[bit: 10] } }
  /// Electromechanical Interlock Control.
  public var isInterlockToggled: Bool? { slotControl.map { $0[bit: 11] } }
  /// Data Link Layer State Changed Enable.
  public var isDataLinkLayerStateChangedEnabled: Bool? { slotControl.map { $0[bit: 12] } }
  /// Auto Slot Power Limit Disable.
  public var isAutoSlotPowerLimitDisabled: Bool? { slotControl.map { $0[bit: 13] } }
  /// In-Band PD Disable.
  public var isInBandPresenceDetectDisabled: Bool? { slotControl.map { $0[bit: 14] } }

  /// Attention Button Pressed.
  public var wasAttentionButtonPressed: Bool? { slotStatus.map { $0[bit: 0] } }
  /// Power Fault Detected.
  public var isPowerFaultDetected: Bool? { slotStatus.map { $0[bit: 1] } }
  /// MRL Sensor Changed.
  public var hasMRLSensorChanged: Bool? { slotStatus.map { $0[bit: 2] } }
  /// Presence Detect Changed.
  public var hasPresenceDetectChanged: Bool? { slotStatus.map { $0[bit: 3] } }
  /// Command Completed.
  public var isCommandCompleted: Bool? { slotStatus.map { $0[bit: 4] } }
  /// MRL Sensor State.
  public var isMRLSensorOpen: Bool? { slotStatus.map { $0[bit: 5] } }
  /// Electromechanical Interlock Status.
  public var isInterlockEngaged: Bool? { slotStatus.map { $0[bit: 7] } }
  /// Data Link Layer State Changed.
  public var hasDataLinkLayerStateChanged: Bool? { slotStatus.map { $0[bit: 8] } }

  static var slotTables: [RegisterTable] {
    [
      RegisterTable(
        "slotCapabilities",
        [
          .flag(0, "attentionButtonPresent"),
          .flag(1, "powerControllerPresent"),
          .flag(2, "mrlSensorPresent"),
          .flag(3, "attentionIndicatorPresent"),
          .flag(4, "powerIndicatorPresent"),
          .flag(5, "hotPlugSurprise"),
          .flag(6, "hotPlugCapable"),
          .computed(7...16, "powerLimit") { FieldMeaning.slotPowerLimit($0) },
          .flag(17, "interlockPresent"),
          .flag(18, "noCommandCompletedSupport"),
          .number(19...31, "number"),
        ]),
      RegisterTable(
        "slotControl",
        [
          .flag(0, "attentionButtonPressedEnable"),
          .flag(1, "powerFaultDetectedEnable"),
          .flag(2, "mrlSensorChangedEnable"),
          .flag(3, "presenceDetectChangedEnable"),
          .flag(4, "commandCompletedInterruptEnable"),
          .flag(5, "hotPlugInterruptEnable"),
          .names(6...7, "attentionIndicator", ["reserved", "on", "blink", "off"]),
          .names(8...9, "powerIndicator", ["reserved", "on", "blink", "off"]),
          .flag(10, "powerControllerOff"),
          .flag(11, "interlockControl"),
          .flag(12, "dataLinkLayerStateChangedEnable"),
          .flag(13, "autoSlotPowerLimitDisable"),
          .flag(14, "inBandPresenceDetectDisable"),
        ]),
      RegisterTable(
        "slotStatus",
        [
          .flag(0, "attentionButtonPressed"),
          .flag(1, "powerFaultDetected"),
          .flag(2, "mrlSensorChanged"),
          .flag(3, "presenceDetectChanged"),
          .flag(4, "commandCompleted"),
          .flag(5, "mrlSensorOpen"),
          .flag(6, "presence"),
          .flag(7, "interlockEngaged"),
          .flag(8, "dataLinkLayerStateChanged"),
        ]),
    ]
  }
}
