// SPDX-License-Identifier: Apache-2.0

/// The registers of the Global Persistent Flush DVSEC for devices, DVSEC id 5.
///
/// Compute Express Link 3.0, section 8.1.7.
public struct ComputeExpressLinkFlushDevice: DecodedCapability {
  /// The start of its dotted field names, `dvsec`.
  public static var shortName: String { "dvsec" }
  /// The specification's name.
  public static var title: String { "GPF DVSEC for CXL Device" }

  /// GPF Phase 2 Duration at +0xa.
  public let phase2Duration: UInt16
  /// GPF Phase 2 Power at +0xc.
  public let phase2Power: UInt32

  /// Decodes the registers, 16 bytes.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let phase2Duration = space.word(at: offset + 0xa),
      let phase2Power = space.doubleWord(at: offset + 0xc)
    else { return nil }
    self.phase2Duration = phase2Duration
    self.phase2Power = phase2Power
  }

  /// Device GPF Phase 2 Time Base.
  public var timeBase: UInt16 { phase2Duration[bits: 0...3] }
  /// Device GPF Phase 2 Time Scale, as a code.
  public var timeScale: UInt16 { phase2Duration[bits: 8...11] }

  /// Every field, in register order.
  public var fields: [Field] {
    Self.tables.fields([UInt64(phase2Duration), UInt64(phase2Power)])
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { Self.tables.names }

  private static var tables: [RegisterTable] {
    [
      RegisterTable(
        "phase2Duration",
        [
          .number(0...3, "timeBase"),
          .computed(8...11, "timeScale") { FieldMeaning.flushScale($0) },
        ]),
      RegisterTable(
        "phase2Power",
        [
          .number(0...31, "", unit: "mW")
        ]),
    ]
  }
}
