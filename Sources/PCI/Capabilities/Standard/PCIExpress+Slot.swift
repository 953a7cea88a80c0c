// SPDX-License-Identifier: Apache-2.0

extension PCIExpress {
  /// Slot Capabilities; `nil` where the port has no slot.
  public enum SlotCapabilities: RegisterFields {
    static let itself = Register(0x14, 4, "slotCapabilities", if: hasSlot)
    public static let attentionButtonPresent = flag(0, "attentionButtonPresent")
    public static let powerControllerPresent = flag(1, "powerControllerPresent")
    public static let mrlSensorPresent = flag(2, "mrlSensorPresent")
    public static let attentionIndicatorPresent = flag(3, "attentionIndicatorPresent")
    public static let powerIndicatorPresent = flag(4, "powerIndicatorPresent")
    public static let hotPlugSurprise = flag(5, "hotPlugSurprise")
    public static let hotPlugCapable = flag(6, "hotPlugCapable")
    /// Slot Power Limit, Value and Scale.
    public static let powerLimit = computed(7...16, "powerLimit", FieldMeaning.slotPowerLimit)
    /// Electromechanical Interlock Present.
    public static let interlockPresent = flag(17, "interlockPresent")
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

  public enum SlotControl: RegisterFields {
    static let itself = Register(0x18, 2, "slotControl", if: hasSlot)
    public static let attentionButtonPressedEnable = flag(0, "attentionButtonPressedEnable")
    public static let powerFaultDetectedEnable = flag(1, "powerFaultDetectedEnable")
    public static let mrlSensorChangedEnable = flag(2, "mrlSensorChangedEnable")
    public static let presenceDetectChangedEnable = flag(3, "presenceDetectChangedEnable")
    public static let commandCompletedInterruptEnable = flag(4, "commandCompletedInterruptEnable")
    public static let hotPlugInterruptEnable = flag(5, "hotPlugInterruptEnable")
    public static let attentionIndicator = names(
      6...7, "attentionIndicator", ["reserved", "on", "blink", "off"])
    public static let powerIndicator = names(
      8...9, "powerIndicator", ["reserved", "on", "blink", "off"])
    /// Power Controller Control: power is off.
    public static let powerControllerOff = flag(10, "powerControllerOff")
    /// Electromechanical Interlock Control.
    public static let interlockControl = flag(11, "interlockControl")
    public static let dataLinkLayerStateChangedEnable = flag(12, "dataLinkLayerStateChangedEnable")
    public static let autoSlotPowerLimitDisable = flag(13, "autoSlotPowerLimitDisable")
    public static let inBandPresenceDetectDisable = flag(14, "inBandPresenceDetectDisable")
    static let fields = [
      attentionButtonPressedEnable, powerFaultDetectedEnable, mrlSensorChangedEnable,
      presenceDetectChangedEnable, commandCompletedInterruptEnable, hotPlugInterruptEnable,
      attentionIndicator, powerIndicator, powerControllerOff, interlockControl,
      dataLinkLayerStateChangedEnable, autoSlotPowerLimitDisable, inBandPresenceDetectDisable,
    ]
  }

  public enum SlotStatus: RegisterFields {
    static let itself = Register(0x1a, 2, "slotStatus", if: hasSlot)
    public static let attentionButtonPressed = flag(0, "attentionButtonPressed")
    public static let powerFaultDetected = flag(1, "powerFaultDetected")
    public static let mrlSensorChanged = flag(2, "mrlSensorChanged")
    public static let presenceDetectChanged = flag(3, "presenceDetectChanged")
    public static let commandCompleted = flag(4, "commandCompleted")
    public static let mrlSensorOpen = flag(5, "mrlSensorOpen")
    /// Whether a card is in the slot.
    public static let presence = flag(6, "presence")
    /// Electromechanical Interlock Status.
    public static let interlockEngaged = flag(7, "interlockEngaged")
    public static let dataLinkLayerStateChanged = flag(8, "dataLinkLayerStateChanged")
    static let fields = [
      attentionButtonPressed, powerFaultDetected, mrlSensorChanged, presenceDetectChanged,
      commandCompleted, mrlSensorOpen, presence, interlockEngaged, dataLinkLayerStateChanged,
    ]
  }

  /// Slot Capabilities 2; `nil` without a slot or in version 1.
  public enum SlotCapabilities2: RegisterFields {
    static let itself = Register(0x34, 4, "slotCapabilities2", if: hasSlot2)
    public static let inBandPresenceDetectDisableSupported = flag(
      0, "inBandPresenceDetectDisableSupported")
    static let fields = [inBandPresenceDetectDisableSupported]
  }
}
