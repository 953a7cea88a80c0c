// SPDX-License-Identifier: Apache-2.0

/// The registers of the Global Persistent Flush DVSEC for ports, DVSEC id 4.
///
/// Compute Express Link 3.0, section 8.1.6.
public struct ComputeExpressLinkFlushPort: DecodedCapability {
  /// The start of its dotted field names, `dvsec`.
  public static var shortName: String { "dvsec" }
  /// The specification's name.
  public static var title: String { "GPF DVSEC for CXL Port" }

  /// GPF Phase 1 Control at +0xc.
  public let phase1Control: UInt16
  /// GPF Phase 2 Control at +0xe.
  public let phase2Control: UInt16

  /// Decodes the registers, 16 bytes.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let phase1Control = space.word(at: offset + 0xc),
      let phase2Control = space.word(at: offset + 0xe)
    else { return nil }
    self.phase1Control = phase1Control
    self.phase2Control = phase2Control
  }

  /// Port GPF Phase 1 Timeout Base.
  public var phase1TimeoutBase: UInt16 { phase1Control[bits: 0...3] }
  /// Port GPF Phase 1 Timeout Scale, as a code.
  public var phase1TimeoutScale: UInt16 { phase1Control[bits: 8...11] }

  /// Port GPF Phase 2 Timeout Base.
  public var phase2TimeoutBase: UInt16 { phase2Control[bits: 0...3] }
  /// Port GPF Phase 2 Timeout Scale, as a code.
  public var phase2TimeoutScale: UInt16 { phase2Control[bits: 8...11] }

  /// Every field, in register order.
  public var fields: [Field] {
    Self.tables.fields([UInt64(phase1Control), UInt64(phase2Control)])
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { Self.tables.names }

  private static var tables: [RegisterTable] {
    [
      RegisterTable(
        "phase1Control",
        [
          .number(0...3, "timeoutBase"),
          .computed(8...11, "timeoutScale") { FieldMeaning.flushScale($0) },
        ]),
      RegisterTable(
        "phase2Control",
        [
          .number(0...3, "timeoutBase"),
          .computed(8...11, "timeoutScale") { FieldMeaning.flushScale($0) },
        ]),
    ]
  }
}
