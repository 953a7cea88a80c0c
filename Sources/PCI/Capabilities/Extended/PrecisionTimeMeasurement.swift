// SPDX-License-Identifier: Apache-2.0

/// The Precision Time Measurement capability, extended id 0x001f.
///
/// PCI Express Base 6.0, section 7.9.15.
public struct PrecisionTimeMeasurement: DecodedCapability {
  /// Its id and names, and the bytes that it takes at least.
  public static let kind = CapabilityKind(
    extended: 0x001f, "ptm", "Precision Time Measurement", size: 12)
  /// Its registers.
  public let registers: RegisterBytes
  /// Takes the registers.
  public init(_ registers: RegisterBytes) { self.registers = registers }

  /// PTM Capability.
  public enum Capability: RegisterFields {
    static let itself = Register(4, 4, "capability")
    /// PTM Requester Capable.
    public static let requesterCapable = flag(0, "requesterCapable")
    /// PTM Responder Capable.
    public static let responderCapable = flag(1, "responderCapable")
    /// PTM Root Capable.
    public static let rootCapable = flag(2, "rootCapable")
    /// ePTM Capable.
    public static let enhancedCapable = flag(3, "enhancedCapable")
    /// PTM Propagation Delay Adaptation Capable.
    public static let propagationDelayAdaptationCapable = flag(
      4, "propagationDelayAdaptationCapable")
    /// Local Clock Granularity.
    public static let localClockGranularity = computed(
      8...15, "localClockGranularity", FieldMeaning.clockGranularity)
    static let fields = [
      requesterCapable, responderCapable, rootCapable, enhancedCapable,
      propagationDelayAdaptationCapable, localClockGranularity,
    ]
  }

  /// PTM Control.
  public enum Control: RegisterFields {
    static let itself = Register(8, 4, "control")
    /// PTM Enable.
    public static let enable = flag(0, "enable")
    /// Root Select.
    public static let rootSelect = flag(1, "rootSelect")
    /// Effective Granularity.
    public static let effectiveGranularity = computed(
      8...15, "effectiveGranularity", FieldMeaning.clockGranularity)
    static let fields = [enable, rootSelect, effectiveGranularity]
  }

  /// The fields, in register order.
  public static let layout = RegisterLayout(registers: [Capability.fields, Control.fields])

  /// PTM Enable.
  public var isEnabled: Bool { flag(Control.enable) }
}
