// SPDX-License-Identifier: Apache-2.0

/// The Readiness Time Reporting capability, extended id 0x0022.
///
/// PCI Express Base 6.0, section 7.9.16.
public struct ReadinessTimeReporting: DecodedCapability {
  public static let kind = CapabilityKind(
    extended: 0x0022, "rtr", "Readiness Time Reporting", size: 12)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  /// Readiness Time Reporting 1.
  public enum Times1: RegisterFields {
    static let itself = Register(4, 4, "times1")
    public static let resetTime = computed(0...11, "resetTime", FieldMeaning.readinessTime)
    public static let dataLinkUpTime = computed(
      12...23, "dataLinkUpTime", FieldMeaning.readinessTime)
    public static let valid = flag(31, "valid")
    static let fields = [resetTime, dataLinkUpTime, valid]
  }

  /// Readiness Time Reporting 2.
  public enum Times2: RegisterFields {
    static let itself = Register(8, 4, "times2")
    public static let functionLevelResetTime = computed(
      0...11, "functionLevelResetTime", FieldMeaning.readinessTime)
    public static let d3hotToD0Time = computed(12...23, "d3hotToD0Time", FieldMeaning.readinessTime)
    static let fields = [functionLevelResetTime, d3hotToD0Time]
  }

  public static let layout = RegisterLayout(registers: [Times1.fields, Times2.fields])
}
