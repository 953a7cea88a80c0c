// SPDX-License-Identifier: Apache-2.0

/// The Readiness Time Reporting capability, extended id 0x0022.
///
/// PCI Express Base 6.0, section 7.9.16.
public struct ReadinessTimeReporting: DecodedCapability {
  /// The start of its dotted field names, `rtr`.
  public static var shortName: String { "rtr" }
  /// The specification's name.
  public static var title: String { "Readiness Time Reporting" }

  /// Readiness Time Reporting 1 at +4.
  public let times1: UInt32
  /// Readiness Time Reporting 2 at +8.
  public let times2: UInt32

  /// Decodes the registers, 12 bytes.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let times1 = space.doubleWord(at: offset + 4),
      let times2 = space.doubleWord(at: offset + 8)
    else { return nil }
    self.times1 = times1
    self.times2 = times2
  }

  /// Reset Time, as a code.
  public var resetTime: UInt32 { times1[bits: 0...11] }
  /// DL_Up Time, as a code.
  public var dataLinkUpTime: UInt32 { times1[bits: 12...23] }
  /// Valid.
  public var isValid: Bool { times1[bit: 31] }

  /// FLR Time, as a code.
  public var functionLevelResetTime: UInt32 { times2[bits: 0...11] }
  /// D3hot to D0 Time, as a code.
  public var d3hotToD0Time: UInt32 { times2[bits: 12...23] }

  /// Every field, in register order.
  public var fields: [Field] {
    Self.tables.fields([UInt64(times1), UInt64(times2)])
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { Self.tables.names }

  private static var tables: [RegisterTable] {
    [
      RegisterTable(
        "times1",
        [
          .computed(0...11, "resetTime") { FieldMeaning.readinessTime($0) },
          .computed(12...23, "dataLinkUpTime") { FieldMeaning.readinessTime($0) },
          .flag(31, "valid"),
        ]),
      RegisterTable(
        "times2",
        [
          .computed(0...11, "functionLevelResetTime") { FieldMeaning.readinessTime($0) },
          .computed(12...23, "d3hotToD0Time") { FieldMeaning.readinessTime($0) },
        ]),
    ]
  }
}
