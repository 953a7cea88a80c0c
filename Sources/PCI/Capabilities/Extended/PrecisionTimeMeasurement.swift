// SPDX-License-Identifier: Apache-2.0

/// The Precision Time Measurement capability, extended id 0x001f.
///
/// PCI Express Base 6.0, section 7.9.15.
public struct PrecisionTimeMeasurement: DecodedCapability {
  public static let kind = CapabilityKind(
    extended: 0x001f, "ptm", "Precision Time Measurement", size: 12)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  public enum Capability: RegisterFields {
    static let itself = Register(4, 4, "capability")
    public static let requesterCapable = flag(0, "requesterCapable")
    public static let responderCapable = flag(1, "responderCapable")
    public static let rootCapable = flag(2, "rootCapable")
    /// ePTM Capable.
    public static let enhancedCapable = flag(3, "enhancedCapable")
    public static let propagationDelayAdaptationCapable = flag(
      4, "propagationDelayAdaptationCapable")
    public static let localClockGranularity = computed(
      8...15, "localClockGranularity", FieldMeaning.clockGranularity)
    static let fields = [
      requesterCapable, responderCapable, rootCapable, enhancedCapable,
      propagationDelayAdaptationCapable, localClockGranularity,
    ]
  }

  public enum Control: RegisterFields {
    static let itself = Register(8, 4, "control")
    public static let enable = flag(0, "enable")
    public static let rootSelect = flag(1, "rootSelect")
    public static let effectiveGranularity = computed(
      8...15, "effectiveGranularity", FieldMeaning.clockGranularity)
    static let fields = [enable, rootSelect, effectiveGranularity]
  }

  public static let layout = RegisterLayout(registers: [Capability.fields, Control.fields])

  /// PTM Enable.
  public var isEnabled: Bool { flag(Control.enable) }
}
