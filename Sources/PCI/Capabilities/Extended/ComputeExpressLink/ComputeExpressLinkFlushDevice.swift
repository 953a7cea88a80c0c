// SPDX-License-Identifier: Apache-2.0

/// The registers of the Global Persistent Flush DVSEC for devices, DVSEC id 5.
///
/// Compute Express Link 3.0, section 8.1.7.
public struct ComputeExpressLinkFlushDevice: CapabilityPart {
  public static let part = PartKind(5, "GPF DVSEC for CXL Device", size: 16)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  /// GPF Phase 2 Duration.
  public enum Phase2Duration: RegisterFields {
    static let itself = Register(0xa, 2, "phase2Duration")
    /// Device GPF Phase 2 Time Base.
    public static let timeBase = number(0...3, "timeBase")
    /// Device GPF Phase 2 Time Scale.
    public static let timeScale = names(8...11, "timeScale", FieldMeaning.flushScale)
    static let fields = [timeBase, timeScale]
  }

  /// GPF Phase 2 Power.
  public static let phase2Power = Register(0xc, 4, "phase2Power").number(unit: "mW")

  public static let layout = RegisterLayout(registers: [Phase2Duration.fields, [phase2Power]])
}
