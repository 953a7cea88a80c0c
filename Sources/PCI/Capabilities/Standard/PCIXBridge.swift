// SPDX-License-Identifier: Apache-2.0

/// The PCI-X capability of a bridge, id 0x07.
///
/// PCI-X Protocol Addendum 2.0, section 8.6.2.
public struct PCIXBridge: DecodedCapability {
  /// The start of its dotted field names, `pcix`.
  public static var shortName: String { "pcix" }
  /// The specification's name.
  public static var title: String { "PCI-X" }

  /// PCI-X Secondary Status at +2.
  public let secondaryStatus: UInt16
  /// PCI-X Bridge Status at +4.
  public let status: UInt32
  /// Upstream Split Transaction at +8.
  public let upstreamSplitTransaction: UInt32
  /// Downstream Split Transaction at +0xc.
  public let downstreamSplitTransaction: UInt32

  /// Decodes the registers, 16 bytes.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let secondaryStatus = space.word(at: offset + 2),
      let status = space.doubleWord(at: offset + 4),
      let upstreamSplitTransaction = space.doubleWord(at: offset + 8),
      let downstreamSplitTransaction = space.doubleWord(at: offset + 0xc)
    else { return nil }
    self.secondaryStatus = secondaryStatus
    self.status = status
    self.upstreamSplitTransaction = upstreamSplitTransaction
    self.downstreamSplitTransaction = downstreamSplitTransaction
  }

  /// 64-bit Device.
  public var is64Bit: Bool { secondaryStatus[bit: 0] }
  /// 133 MHz Capable.
  public var is133MHzCapable: Bool { secondaryStatus[bit: 1] }
  /// Split Completion Discarded.
  public var hasSplitCompletionDiscarded: Bool { secondaryStatus[bit: 2] }
  /// Unexpected Split Completion.
  public var hasUnexpectedSplitCompletion: Bool { secondaryStatus[bit: 3] }
  /// Split Completion Overrun.
  public var hasSplitCompletionOverrun: Bool { secondaryStatus[bit: 4] }
  /// Split Request Delayed.
  public var hasSplitRequestDelayed: Bool { secondaryStatus[bit: 5] }
  /// Secondary Clock Frequency, as a code.
  public var clockFrequency: UInt16 { secondaryStatus[bits: 6...8] }
  /// PCI-X Capability Version.
  public var version: UInt16 { secondaryStatus[bits: 12...13] }
  /// PCI-X 266 Capable.
  public var is266MHzCapable: Bool { secondaryStatus[bit: 14] }
  /// PCI-X 533 Capable.
  public var is533MHzCapable: Bool { secondaryStatus[bit: 15] }

  /// Function Number.
  public var function: UInt32 { status[bits: 0...2] }
  /// Device Number.
  public var device: UInt32 { status[bits: 3...7] }
  /// Bus Number.
  public var bus: UInt32 { status[bits: 8...15] }
  /// 64-bit Device.
  public var isPrimary64Bit: Bool { status[bit: 16] }
  /// 133 MHz Capable.
  public var isPrimary133MHzCapable: Bool { status[bit: 17] }
  /// Split Completion Discarded.
  public var statusHasSplitCompletionDiscarded: Bool { status[bit: 18] }
  /// Unexpected Split Completion.
  public var statusHasUnexpectedSplitCompletion: Bool { status[bit: 19] }
  /// Split Completion Overrun.
  public var statusHasSplitCompletionOverrun: Bool { status[bit: 20] }
  /// Split Request Delayed.
  public var statusHasSplitRequestDelayed: Bool { status[bit: 21] }
  /// PCI-X 266 Capable.
  public var isPrimary266MHzCapable: Bool { status[bit: 30] }
  /// PCI-X 533 Capable.
  public var isPrimary533MHzCapable: Bool { status[bit: 31] }

  /// Split Transaction Capacity.
  public var upstreamCapacity: UInt32 { upstreamSplitTransaction[bits: 0...15] }
  /// Split Transaction Commitment Limit.
  public var upstreamCommitmentLimit: UInt32 { upstreamSplitTransaction[bits: 16...31] }

  /// Split Transaction Capacity.
  public var downstreamCapacity: UInt32 { downstreamSplitTransaction[bits: 0...15] }
  /// Split Transaction Commitment Limit.
  public var downstreamCommitmentLimit: UInt32 { downstreamSplitTransaction[bits: 16...31] }

  /// Every field, in register order.
  public var fields: [Field] {
    Self.tables.fields([
      UInt64(secondaryStatus), UInt64(status), UInt64(upstreamSplitTransaction),
      UInt64(downstreamSplitTransaction),
    ])
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { Self.tables.names }

  private static var splitTransaction: [RegisterTable.Row] {
    [
      .number(0...15, "capacity"),
      .number(16...31, "commitmentLimit"),
    ]
  }

  private static var tables: [RegisterTable] {
    [
      RegisterTable(
        "secondaryStatus",
        [
          .flag(0, "bus64Bit"),
          .flag(1, "capable133MHz"),
          .flag(2, "splitCompletionDiscarded"),
          .flag(3, "unexpectedSplitCompletion"),
          .flag(4, "splitCompletionOverrun"),
          .flag(5, "splitRequestDelayed"),
          .computed(6...8, "clockFrequency") { FieldMeaning.secondaryClock($0) },
          .number(12...13, "version"),
          .flag(14, "capable266MHz"),
          .flag(15, "capable533MHz"),
        ]),
      RegisterTable(
        "status",
        PCIX.statusRows + [
          .flag(20, "splitCompletionOverrun"),
          .flag(21, "splitRequestDelayed"),
          .flag(30, "capable266MHz"),
          .flag(31, "capable533MHz"),
        ]),
      RegisterTable("upstreamSplitTransaction", splitTransaction),
      RegisterTable("downstreamSplitTransaction", splitTransaction),
    ]
  }
}
