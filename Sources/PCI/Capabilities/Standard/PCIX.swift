// SPDX-License-Identifier: Apache-2.0

/// The PCI-X capability of a type 0 header, id 0x07.
///
/// PCI-X Protocol Addendum 2.0, section 7.2.
public struct PCIX: DecodedCapability {
  public static let kind = CapabilityKind(standard: 0x07, "pcix", "PCI-X", size: 8)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  public enum Command: RegisterFields {
    static let itself = Register(2, 2, "command")
    public static let dataParityErrorRecoveryEnable = flag(0, "dataParityErrorRecoveryEnable")
    public static let relaxedOrderingEnable = flag(1, "relaxedOrderingEnable")
    /// Maximum Memory Read Byte Count.
    public static let maxMemoryReadByteCount = power(
      2...3, "maxMemoryReadByteCount", base: 512, unit: "bytes")
    /// Maximum Outstanding Split Transactions.
    public static let maxOutstandingSplitTransactions = computed(
      4...6, "maxOutstandingSplitTransactions", FieldMeaning.splitTransactions)
    /// PCI-X Capability Version.
    public static let version = number(12...13, "version")
    static let fields = [
      dataParityErrorRecoveryEnable, relaxedOrderingEnable, maxMemoryReadByteCount,
      maxOutstandingSplitTransactions, version,
    ]
  }

  public enum Status: RegisterFields {
    static let itself = Register(4, 4, "status")
    /// Function Number.
    public static let function = number(0...2, "function")
    /// Device Number.
    public static let device = number(3...7, "device")
    /// Bus Number.
    public static let bus = number(8...15, "bus")
    /// 64-bit Device.
    public static let bus64Bit = flag(16, "bus64Bit")
    /// 133 MHz Capable.
    public static let capable133MHz = flag(17, "capable133MHz")
    public static let splitCompletionDiscarded = flag(18, "splitCompletionDiscarded")
    public static let unexpectedSplitCompletion = flag(19, "unexpectedSplitCompletion")
    public static let deviceComplexity = names(
      20...20, "deviceComplexity", ["simple device", "bridge device"])
    /// Designed Maximum Memory Read Byte Count.
    public static let designedMaxMemoryReadByteCount = power(
      21...22, "designedMaxMemoryReadByteCount", base: 512, unit: "bytes")
    /// Designed Maximum Outstanding Split Transactions.
    public static let designedMaxOutstandingSplitTransactions = computed(
      23...25, "designedMaxOutstandingSplitTransactions", FieldMeaning.splitTransactions)
    /// Designed Maximum Cumulative Read Size.
    public static let designedMaxCumulativeReadSize = power(
      26...28, "designedMaxCumulativeReadSize", base: 1024, unit: "bytes")
    /// Received Split Completion Error Message.
    public static let splitCompletionErrorReceived = flag(29, "splitCompletionErrorReceived")
    /// PCI-X 266 Capable.
    public static let capable266MHz = flag(30, "capable266MHz")
    /// PCI-X 533 Capable.
    public static let capable533MHz = flag(31, "capable533MHz")
    static let fields = [
      function, device, bus, bus64Bit, capable133MHz, splitCompletionDiscarded,
      unexpectedSplitCompletion, deviceComplexity, designedMaxMemoryReadByteCount,
      designedMaxOutstandingSplitTransactions, designedMaxCumulativeReadSize,
      splitCompletionErrorReceived, capable266MHz, capable533MHz,
    ]
  }

  public static let layout = RegisterLayout(registers: [Command.fields, Status.fields])

  /// A bridge has the registers of ``PCIXBridge``.
  public static func applies(to registers: RegisterBytes) -> Bool {
    registers.space.headerType != .bridge
  }
}
