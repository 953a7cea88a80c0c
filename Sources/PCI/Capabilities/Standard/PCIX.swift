// SPDX-License-Identifier: Apache-2.0

/// The PCI-X capability of a type 0 header, id 0x07.
///
/// PCI-X Protocol Addendum 2.0, section 7.2.
public struct PCIX: DecodedCapability {
  /// The start of its dotted field names, `pcix`.
  public static var shortName: String { "pcix" }
  /// The specification's name.
  public static var title: String { "PCI-X" }

  /// PCI-X Command at +2.
  public let command: UInt16
  /// PCI-X Status at +4.
  public let status: UInt32

  /// Decodes the registers, 8 bytes.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let command = space.word(at: offset + 2),
      let status = space.doubleWord(at: offset + 4)
    else { return nil }
    self.command = command
    self.status = status
  }

  /// Data Parity Error Recovery Enable.
  public var isDataParityErrorRecoveryEnabled: Bool { command[bit: 0] }
  /// Enable Relaxed Ordering.
  public var isRelaxedOrderingEnabled: Bool { command[bit: 1] }
  /// Maximum Memory Read Byte Count.
  public var maxMemoryReadByteCount: UInt32 { 512 << UInt32(command[bits: 2...3]) }
  /// Maximum Outstanding Split Transactions, as a code.
  public var maxOutstandingSplitTransactions: UInt16 { command[bits: 4...6] }
  /// PCI-X Capability Version.
  public var version: UInt16 { command[bits: 12...13] }

  /// Function Number.
  public var function: UInt32 { status[bits: 0...2] }
  /// Device Number.
  public var device: UInt32 { status[bits: 3...7] }
  /// Bus Number.
  public var bus: UInt32 { status[bits: 8...15] }
  /// 64-bit Device.
  public var is64Bit: Bool { status[bit: 16] }
  /// 133 MHz Capable.
  public var is133MHzCapable: Bool { status[bit: 17] }
  /// Split Completion Discarded.
  public var hasSplitCompletionDiscarded: Bool { status[bit: 18] }
  /// Unexpected Split Completion.
  public var hasUnexpectedSplitCompletion: Bool { status[bit: 19] }
  /// Device Complexity, as a code.
  public var deviceComplexity: UInt32 { status[bits: 20...20] }
  /// Designed Maximum Memory Read Byte Count.
  public var designedMaxMemoryReadByteCount: UInt32 { 512 << UInt32(status[bits: 21...22]) }
  /// Designed Maximum Outstanding Split Transactions, as a code.
  public var designedMaxOutstandingSplitTransactions: UInt32 { status[bits: 23...25] }
  /// Designed Maximum Cumulative Read Size.
  public var designedMaxCumulativeReadSize: UInt32 { 1024 << UInt32(status[bits: 26...28]) }
  /// Received Split Completion Error Message.
  public var wasSplitCompletionErrorReceived: Bool { status[bit: 29] }
  /// PCI-X 266 Capable.
  public var is266MHzCapable: Bool { status[bit: 30] }
  /// PCI-X 533 Capable.
  public var is533MHzCapable: Bool { status[bit: 31] }

  /// Every field, in register order.
  public var fields: [Field] {
    Self.tables.fields([UInt64(command), UInt64(status)])
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { Self.tables.names }

  /// The rows that the status of a bridge has too.
  static var statusRows: [RegisterTable.Row] {
    [
      .number(0...2, "function"),
      .number(3...7, "device"),
      .number(8...15, "bus"),
      .flag(16, "bus64Bit"),
      .flag(17, "capable133MHz"),
      .flag(18, "splitCompletionDiscarded"),
      .flag(19, "unexpectedSplitCompletion"),
    ]
  }

  private static var tables: [RegisterTable] {
    [
      RegisterTable(
        "command",
        [
          .flag(0, "dataParityErrorRecoveryEnable"),
          .flag(1, "relaxedOrderingEnable"),
          .power(2...3, "maxMemoryReadByteCount", base: 512, unit: "bytes"),
          .computed(4...6, "maxOutstandingSplitTransactions") {
            FieldMeaning.splitTransactions($0)
          },
          .number(12...13, "version"),
        ]),
      RegisterTable(
        "status",
        statusRows + [
          .names(20...20, "deviceComplexity", ["simple device", "bridge device"]),
          .power(21...22, "designedMaxMemoryReadByteCount", base: 512, unit: "bytes"),
          .computed(23...25, "designedMaxOutstandingSplitTransactions") {
            FieldMeaning.splitTransactions($0)
          },
          .power(26...28, "designedMaxCumulativeReadSize", base: 1024, unit: "bytes"),
          .flag(29, "splitCompletionErrorReceived"),
          .flag(30, "capable266MHz"),
          .flag(31, "capable533MHz"),
        ]),
    ]
  }
}
