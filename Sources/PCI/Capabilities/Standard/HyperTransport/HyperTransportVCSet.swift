// SPDX-License-Identifier: Apache-2.0

/// The HyperTransport VCSet block.
///
/// HyperTransport I/O Link 3.10, chapter 7.
public struct HyperTransportVCSet: DecodedCapability {
  /// The start of its dotted field names, `ht`.
  public static var shortName: String { "ht" }
  /// The specification's name.
  public static var title: String { "HyperTransport" }

  /// VCSets Supported at +4.
  public let supported: UInt8
  /// Link 1 VCSets Enabled at +5.
  public let link1Enabled: UInt8
  /// Link 0 VCSets Enabled at +6.
  public let link0Enabled: UInt8
  /// Stream Bucket Depth at +8.
  public let streamBucketDepth: UInt8
  /// Stream Interval at +9.
  public let streamInterval: UInt8
  /// Number of Streaming VCs Supported at +0xa.
  public let streamingChannels: UInt8
  /// Non-FC Bucket Depth at +0xc.
  public let nonFlowControlledBucketDepth: UInt8
  /// Non-FC Bucket Interval at +0xd.
  public let nonFlowControlledInterval: UInt8

  /// Decodes the registers, 14 bytes.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let supported = space.byte(at: offset + 4),
      let link1Enabled = space.byte(at: offset + 5),
      let link0Enabled = space.byte(at: offset + 6),
      let streamBucketDepth = space.byte(at: offset + 8),
      let streamInterval = space.byte(at: offset + 9),
      let streamingChannels = space.byte(at: offset + 0xa),
      let nonFlowControlledBucketDepth = space.byte(at: offset + 0xc),
      let nonFlowControlledInterval = space.byte(at: offset + 0xd)
    else { return nil }
    self.supported = supported
    self.link1Enabled = link1Enabled
    self.link0Enabled = link0Enabled
    self.streamBucketDepth = streamBucketDepth
    self.streamInterval = streamInterval
    self.streamingChannels = streamingChannels
    self.nonFlowControlledBucketDepth = nonFlowControlledBucketDepth
    self.nonFlowControlledInterval = nonFlowControlledInterval
  }

  /// Every field, in register order.
  public var fields: [Field] {
    Self.tables.fields([
      UInt64(supported), UInt64(link1Enabled), UInt64(link0Enabled), UInt64(streamBucketDepth),
      UInt64(streamInterval), UInt64(streamingChannels), UInt64(nonFlowControlledBucketDepth),
      UInt64(nonFlowControlledInterval),
    ])
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { Self.tables.names }

  private static var tables: [RegisterTable] {
    [
      .hexadecimal("supported", digits: 2),
      .hexadecimal("link1Enabled", digits: 2),
      .hexadecimal("link0Enabled", digits: 2),
      RegisterTable(
        "streamBucketDepth",
        [
          .number(0...7, "")
        ]),
      RegisterTable(
        "streamInterval",
        [
          .number(0...7, "")
        ]),
      RegisterTable(
        "streamingChannels",
        [
          .names(0...7, "", ["0", "0 to 3", "0 to 15"])
        ]),
      RegisterTable(
        "nonFlowControlledBucketDepth",
        [
          .number(0...7, "")
        ]),
      RegisterTable(
        "nonFlowControlledInterval",
        [
          .number(0...7, "")
        ]),
    ]
  }
}
