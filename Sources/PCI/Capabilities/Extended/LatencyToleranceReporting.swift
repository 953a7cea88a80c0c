// SPDX-License-Identifier: Apache-2.0

/// The Latency Tolerance Reporting capability, extended id 0x0018.
///
/// PCI Express Base 6.0, section 7.8.2.
public struct LatencyToleranceReporting: DecodedCapability {
  /// The start of its dotted field names, `ltr`.
  public static var shortName: String { "ltr" }
  /// The specification's name.
  public static var title: String { "Latency Tolerance Reporting" }

  /// Max Snoop Latency at +4.
  public let maxSnoopLatency: UInt16
  /// Max No-Snoop Latency at +6.
  public let maxNoSnoopLatency: UInt16

  /// Decodes the registers, 8 bytes.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let maxSnoopLatency = space.word(at: offset + 4),
      let maxNoSnoopLatency = space.word(at: offset + 6)
    else { return nil }
    self.maxSnoopLatency = maxSnoopLatency
    self.maxNoSnoopLatency = maxNoSnoopLatency
  }

  /// Every field, in register order.
  public var fields: [Field] {
    Self.tables.fields([UInt64(maxSnoopLatency), UInt64(maxNoSnoopLatency)])
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { Self.tables.names }

  private static var tables: [RegisterTable] {
    [
      RegisterTable(
        "maxSnoopLatency",
        [
          .computed(0...12, "") { FieldMeaning.latencyTolerance($0) }
        ]),
      RegisterTable(
        "maxNoSnoopLatency",
        [
          .computed(0...12, "") { FieldMeaning.latencyTolerance($0) }
        ]),
    ]
  }
}
