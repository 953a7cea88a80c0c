// SPDX-License-Identifier: Apache-2.0

/// The Physical Layer 64.0 GT/s capability, extended id 0x0031.
///
/// PCI Express Base 6.0, section 7.7.7.
public struct PhysicalLayer64GT: DecodedCapability {
  public static let kind = CapabilityKind(
    extended: 0x0031, "phy64", "Physical Layer 64.0 GT/s", size: 16)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  public static let capabilities = Register(4, 4, "capabilities").hexadecimal()
  public static let control = Register(8, 4, "control").hexadecimal()

  public enum Status: RegisterFields {
    static let itself = Register(0xc, 4, "status")
    public static let equalizationComplete = flag(0, "equalizationComplete")
    /// Equalization 64.0 GT/s Phase 1 Successful.
    public static let equalizationPhase1Successful = flag(1, "equalizationPhase1Successful")
    /// Equalization 64.0 GT/s Phase 2 Successful.
    public static let equalizationPhase2Successful = flag(2, "equalizationPhase2Successful")
    /// Equalization 64.0 GT/s Phase 3 Successful.
    public static let equalizationPhase3Successful = flag(3, "equalizationPhase3Successful")
    public static let linkEqualizationRequest = flag(4, "linkEqualizationRequest")
    public static let transmitterPrecodingOn = flag(5, "transmitterPrecodingOn")
    public static let transmitterPrecodeRequest = flag(6, "transmitterPrecodeRequest")
    public static let noEqualizationNeededReceived = flag(7, "noEqualizationNeededReceived")
    static let fields = [
      equalizationComplete, equalizationPhase1Successful, equalizationPhase2Successful,
      equalizationPhase3Successful, linkEqualizationRequest, transmitterPrecodingOn,
      transmitterPrecodeRequest, noEqualizationNeededReceived,
    ]
  }

  /// 64.0 GT/s Lane Equalization Control of each lane: downstream in 3:0, upstream in 7:4.
  public static let laneEqualization = RegisterArray(0x10, 1, "laneEqualization") {
    $0.space.linkLaneCount
  }

  public static let layout = RegisterLayout(
    registers: [
      [capabilities, control], Status.fields,
    ], [laneEqualization])
}
