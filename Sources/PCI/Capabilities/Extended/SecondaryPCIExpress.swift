// SPDX-License-Identifier: Apache-2.0

/// The Secondary PCI Express capability, extended id 0x0019.
///
/// PCI Express Base 6.0, section 7.7.3.
public struct SecondaryPCIExpress: DecodedCapability {
  public static let kind = CapabilityKind(
    extended: 0x0019, "secpcie", "Secondary PCI Express", size: 12)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  /// Link Control 3.
  public enum LinkControl3: RegisterFields {
    static let itself = Register(4, 4, "linkControl3")
    public static let performEqualization = flag(0, "performEqualization")
    public static let equalizationRequestInterruptEnable = flag(
      1, "equalizationRequestInterruptEnable")
    /// Enable Lower SKP OS Generation Vector.
    public static let lowerSKPGeneration = hexadecimal(9...15, "lowerSKPGeneration", digits: 2)
    static let fields = [
      performEqualization, equalizationRequestInterruptEnable, lowerSKPGeneration,
    ]
  }

  /// Lane Error Status: bit n is lane n.
  public static let laneErrorStatus = Register(8, 4, "laneErrorStatus").hexadecimal()

  /// Lane Equalization Control of each lane.
  public static let laneEqualization = RegisterArray(0xc, 2, "laneEqualization") {
    $0.space.linkLaneCount
  }

  public static let layout = RegisterLayout(
    registers: [
      LinkControl3.fields, [laneErrorStatus],
    ], [laneEqualization])
}
