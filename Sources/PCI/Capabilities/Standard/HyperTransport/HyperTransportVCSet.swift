// SPDX-License-Identifier: Apache-2.0

/// The HyperTransport VCSet block.
///
/// HyperTransport I/O Link 3.10, chapter 7.
public struct HyperTransportVCSet: CapabilityPart {
  public static let part = PartKind(0b10111, "VCSet", size: 14)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  public static let supported = Register(4, 1, "supported").hexadecimal()
  /// Link 1 VCSets Enabled.
  public static let link1Enabled = Register(5, 1, "link1Enabled").hexadecimal()
  /// Link 0 VCSets Enabled.
  public static let link0Enabled = Register(6, 1, "link0Enabled").hexadecimal()
  public static let streamBucketDepth = Register(8, 1, "streamBucketDepth").number()
  public static let streamInterval = Register(9, 1, "streamInterval").number()
  /// Number of Streaming VCs Supported.
  public static let streamingChannels = Register(0xa, 1, "streamingChannels").names([
    "0", "0 to 3", "0 to 15",
  ])
  public static let nonFlowControlledBucketDepth = Register(0xc, 1, "nonFlowControlledBucketDepth")
    .number()
  /// Non-FC Bucket Interval.
  public static let nonFlowControlledInterval = Register(0xd, 1, "nonFlowControlledInterval")
    .number()

  public static let layout = RegisterLayout([
    supported, link1Enabled, link0Enabled, streamBucketDepth, streamInterval, streamingChannels,
    nonFlowControlledBucketDepth, nonFlowControlledInterval,
  ])
}
