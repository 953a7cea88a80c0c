// SPDX-License-Identifier: Apache-2.0

/// The HyperTransport error retry block.
///
/// HyperTransport I/O Link 3.10, chapter 7.
public struct HyperTransportRetryMode: DecodedCapability {
  /// The start of its dotted field names, `ht`.
  public static var shortName: String { "ht" }
  /// The specification's name.
  public static var title: String { "HyperTransport" }

  /// Link 0 Control at +4.
  public let control0: UInt8
  /// Link 0 Status at +5.
  public let status0: UInt8
  /// Link 1 Control at +6.
  public let control1: UInt8
  /// Link 1 Status at +7.
  public let status1: UInt8
  /// Link 0 Retry Count at +8.
  public let retryCount0: UInt16
  /// Link 1 Retry Count at +0xa.
  public let retryCount1: UInt16

  /// Decodes the registers, 12 bytes.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let control0 = space.byte(at: offset + 4),
      let status0 = space.byte(at: offset + 5),
      let control1 = space.byte(at: offset + 6),
      let status1 = space.byte(at: offset + 7),
      let retryCount0 = space.word(at: offset + 8),
      let retryCount1 = space.word(at: offset + 0xa)
    else { return nil }
    self.control0 = control0
    self.status0 = status0
    self.control1 = control1
    self.status1 = status1
    self.retryCount0 = retryCount0
    self.retryCount1 = retryCount1
  }

  /// Every field, in register order.
  public var fields: [Field] {
    Self.tables.fields([
      UInt64(control0), UInt64(status0), UInt64(control1), UInt64(status1), UInt64(retryCount0),
      UInt64(retryCount1),
    ])
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { Self.tables.names }

  private static var tables: [RegisterTable] {
    [
      RegisterTable("control0", HyperTransportRows.retryControl),
      RegisterTable("status0", HyperTransportRows.retryStatus),
      RegisterTable("control1", HyperTransportRows.retryControl),
      RegisterTable("status1", HyperTransportRows.retryStatus),
      RegisterTable(
        "retryCount0",
        [
          .number(0...15, "")
        ]),
      RegisterTable(
        "retryCount1",
        [
          .number(0...15, "")
        ]),
    ]
  }
}
