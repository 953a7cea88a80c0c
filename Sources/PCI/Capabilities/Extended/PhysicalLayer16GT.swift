// SPDX-License-Identifier: Apache-2.0

/// The Physical Layer 16.0 GT/s capability, extended id 0x0026.
///
/// PCI Express Base 6.0, section 7.7.5.
public struct PhysicalLayer16GT: DecodedCapability {
  public static let kind = CapabilityKind(
    extended: 0x0026, "phy16", "Physical Layer 16.0 GT/s", size: 28)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  public static let capabilities = Register(4, 4, "capabilities").hexadecimal()
  public static let control = Register(8, 4, "control").hexadecimal()

  public enum Status: RegisterFields {
    static let itself = Register(0xc, 4, "status")
    public static let equalizationComplete = flag(0, "equalizationComplete")
    /// Equalization 16.0 GT/s Phase 1 Successful.
    public static let equalizationPhase1Successful = flag(1, "equalizationPhase1Successful")
    /// Equalization 16.0 GT/s Phase 2 Successful.
    public static let equalizationPhase2Successful = flag(2, "equalizationPhase2Successful")
    /// Equalization 16.0 GT/s Phase 3 Successful.
    public static let equalizationPhase3Successful = flag(3, "equalizationPhase3Successful")
    public static let linkEqualizationRequest = flag(4, "linkEqualizationRequest")
    static let fields = [
      equalizationComplete, equalizationPhase1Successful, equalizationPhase2Successful,
      equalizationPhase3Successful, linkEqualizationRequest,
    ]
  }

  /// 16.0 GT/s Local Data Parity Mismatch Status: bit n is lane n.
  public static let localDataParityMismatch = Register(0x10, 4, "localDataParityMismatch")
    .hexadecimal()
  /// 16.0 GT/s First Retimer Data Parity Mismatch Status.
  public static let firstRetimerParityMismatch = Register(0x14, 4, "firstRetimerParityMismatch")
    .hexadecimal()
  /// 16.0 GT/s Second Retimer Data Parity Mismatch Status.
  public static let secondRetimerParityMismatch = Register(0x18, 4, "secondRetimerParityMismatch")
    .hexadecimal()

  /// 16.0 GT/s Lane Equalization Control of each lane: downstream in 3:0, upstream in 7:4.
  public static let laneEqualization = RegisterArray(0x20, 1, "laneEqualization") {
    $0.space.linkLaneCount
  }

  public static let layout = RegisterLayout(
    registers: [
      [capabilities, control], Status.fields,
      [localDataParityMismatch, firstRetimerParityMismatch, secondRetimerParityMismatch],
    ], [laneEqualization])
}
