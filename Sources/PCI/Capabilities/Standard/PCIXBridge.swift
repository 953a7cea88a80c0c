// SPDX-License-Identifier: Apache-2.0

/// The PCI-X capability of a bridge, id 0x07.
///
/// PCI-X Protocol Addendum 2.0, section 8.6.2.
public struct PCIXBridge: DecodedCapability {
  public static let kind = CapabilityKind(standard: 0x07, "pcix", "PCI-X", size: 16)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  public enum SecondaryStatus: RegisterFields {
    static let itself = Register(2, 2, "secondaryStatus")
    /// 64-bit Device.
    public static let bus64Bit = flag(0, "bus64Bit")
    /// 133 MHz Capable.
    public static let capable133MHz = flag(1, "capable133MHz")
    public static let splitCompletionDiscarded = flag(2, "splitCompletionDiscarded")
    public static let unexpectedSplitCompletion = flag(3, "unexpectedSplitCompletion")
    public static let splitCompletionOverrun = flag(4, "splitCompletionOverrun")
    public static let splitRequestDelayed = flag(5, "splitRequestDelayed")
    public static let clockFrequency = names(
      6...8, "clockFrequency", FieldMeaning.secondaryClock)
    /// PCI-X Capability Version.
    public static let version = number(12...13, "version")
    /// PCI-X 266 Capable.
    public static let capable266MHz = flag(14, "capable266MHz")
    /// PCI-X 533 Capable.
    public static let capable533MHz = flag(15, "capable533MHz")
    static let fields = [
      bus64Bit, capable133MHz, splitCompletionDiscarded, unexpectedSplitCompletion,
      splitCompletionOverrun, splitRequestDelayed, clockFrequency, version, capable266MHz,
      capable533MHz,
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
    public static let splitCompletionOverrun = flag(20, "splitCompletionOverrun")
    public static let splitRequestDelayed = flag(21, "splitRequestDelayed")
    /// PCI-X 266 Capable.
    public static let capable266MHz = flag(30, "capable266MHz")
    /// PCI-X 533 Capable.
    public static let capable533MHz = flag(31, "capable533MHz")
    static let fields = [
      function, device, bus, bus64Bit, capable133MHz, splitCompletionDiscarded,
      unexpectedSplitCompletion, splitCompletionOverrun, splitRequestDelayed, capable266MHz,
      capable533MHz,
    ]
  }

  public enum UpstreamSplitTransaction: RegisterFields {
    static let itself = Register(8, 4, "upstreamSplitTransaction")
    public static let capacity = number(0...15, "capacity")
    public static let commitmentLimit = number(16...31, "commitmentLimit")
    static let fields = [capacity, commitmentLimit]
  }

  public static let downstreamSplitTransaction = Register(0xc, 4, "downstreamSplitTransaction")

  public static let layout = RegisterLayout(registers: [
    SecondaryStatus.fields, Status.fields, UpstreamSplitTransaction.fields,
    UpstreamSplitTransaction.fields.moved(to: downstreamSplitTransaction),
  ])

  /// A bridge has these, another function those of ``PCIX``.
  public static func applies(to registers: RegisterBytes) -> Bool {
    registers.space.headerType == .bridge
  }
}
