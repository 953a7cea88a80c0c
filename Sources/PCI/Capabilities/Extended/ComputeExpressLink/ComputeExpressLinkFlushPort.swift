// SPDX-License-Identifier: Apache-2.0

/// The registers of the Global Persistent Flush DVSEC for ports, DVSEC id 4.
///
/// Compute Express Link 3.0, section 8.1.6.
public struct ComputeExpressLinkFlushPort: CapabilityPart {
  public static let part = PartKind(4, "GPF DVSEC for CXL Port", size: 16)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  /// GPF Phase 1 Control.
  public enum Phase1Control: RegisterFields {
    static let itself = Register(0xc, 2, "phase1Control")
    /// Port GPF Phase 1 Timeout Base.
    public static let timeoutBase = number(0...3, "timeoutBase")
    /// Port GPF Phase 1 Timeout Scale.
    public static let timeoutScale = names(8...11, "timeoutScale", FieldMeaning.flushScale)
    static let fields = [timeoutBase, timeoutScale]
  }

  /// GPF Phase 2 Control.
  public enum Phase2Control: RegisterFields {
    static let itself = Register(0xe, 2, "phase2Control")
    /// Port GPF Phase 2 Timeout Base.
    public static let timeoutBase = number(0...3, "timeoutBase")
    /// Port GPF Phase 2 Timeout Scale.
    public static let timeoutScale = names(8...11, "timeoutScale", FieldMeaning.flushScale)
    static let fields = [timeoutBase, timeoutScale]
  }

  public static let layout = RegisterLayout(registers: [Phase1Control.fields, Phase2Control.fields])
}
