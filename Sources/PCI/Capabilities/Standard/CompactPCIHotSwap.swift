// SPDX-License-Identifier: Apache-2.0

/// The CompactPCI Hot Swap capability, id 0x06.
///
/// CompactPCI Hot Swap, PICMG 2.1 R2.0.
public struct CompactPCIHotSwap: DecodedCapability {
  public static let kind = CapabilityKind(standard: 0x06, "hotswap", "CompactPCI Hot Swap", size: 3)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  /// Hot Swap Control and Status (HS_CSR).
  public enum ControlStatus: RegisterFields {
    static let itself = Register(2, 1, "controlStatus")
    /// Device Hiding Arm (DHA).
    public static let deviceHidingArm = flag(0, "deviceHidingArm")
    /// ENUM# Signal Mask (EIM).
    public static let signalMask = flag(1, "signalMask")
    /// Pending Insertion or Extraction (PIE).
    public static let pending = flag(2, "pending")
    /// LED On/Off (LOO).
    public static let ledOn = flag(3, "ledOn")
    /// Programming Interface (PI).
    public static let programmingInterface = number(4...5, "programmingInterface")
    /// ENUM# Status, Extraction (EXT).
    public static let extraction = flag(6, "extraction")
    /// ENUM# Status, Insertion (INS).
    public static let insertion = flag(7, "insertion")
    static let fields = [
      deviceHidingArm, signalMask, pending, ledOn, programmingInterface, extraction, insertion,
    ]
  }

  public static let layout = RegisterLayout(registers: [ControlStatus.fields])
}
