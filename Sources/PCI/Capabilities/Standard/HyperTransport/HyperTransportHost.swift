// SPDX-License-Identifier: Apache-2.0

/// The HyperTransport host or secondary interface.
///
/// HyperTransport I/O Link 3.10, chapter 7.
public struct HyperTransportHost: CapabilityPart {
  /// The type of block, and the bytes that it takes at least.
  public static let part = PartKind(0b00100, "host or secondary interface", size: 22)
  /// Its registers.
  public let registers: RegisterBytes
  /// Takes the registers.
  public init(_ registers: RegisterBytes) { self.registers = registers }

  /// Command.
  public enum Command: RegisterFields {
    static let itself = Register(2, 2, "command")
    /// Warm Reset.
    public static let warmReset = flag(0, "warmReset")
    /// Double-Ended.
    public static let doubleEnded = flag(1, "doubleEnded")
    /// Device Number.
    public static let deviceNumber = number(2...6, "deviceNumber")
    /// Chain Side.
    public static let chainSide = flag(7, "chainSide")
    /// Host Hide.
    public static let hostHide = flag(8, "hostHide")
    /// Act as Slave.
    public static let actAsSlave = flag(10, "actAsSlave")
    /// Host Inbound End of Chain Error.
    public static let endOfChainError = flag(11, "endOfChainError")
    /// Drop on Uninitialized Link.
    public static let dropOnUninitialized = flag(12, "dropOnUninitialized")
    static let fields = [
      warmReset, doubleEnded, deviceNumber, chainSide, hostHide, actAsSlave, endOfChainError,
      dropOnUninitialized,
    ]
  }

  /// Link Control.
  public static let linkControl = Register(4, 2, "linkControl")
  /// Link Configuration.
  public static let linkConfiguration = Register(6, 2, "linkConfiguration")
  /// Revision ID.
  public static let revisionID = Register(8, 1, "revisionID")
  /// Link Frequency and Link Error.
  public static let linkFrequencyError = Register(9, 1, "linkFrequencyError")
  /// Link Frequency Capability.
  public static let linkFrequencyCapability = Register(0xa, 2, "linkFrequencyCapability")
  /// Feature.
  public static let feature = Register(0xc, 2, "feature")
  /// Enumeration Scratchpad.
  public static let enumerationScratchpad = Register(0x10, 2, "enumerationScratchpad").hexadecimal()
  /// Error Handling.
  public static let errorHandling = Register(0x12, 2, "errorHandling")
  /// Memory Base Upper.
  public static let memoryBaseUpper = Register(0x14, 1, "memoryBaseUpper").hexadecimal()
  /// Memory Limit Upper.
  public static let memoryLimitUpper = Register(0x15, 1, "memoryLimitUpper").hexadecimal()

  /// The fields, in register order.
  public static let layout = RegisterLayout(registers: [
    Command.fields, HyperTransportRows.LinkControl.fields.moved(to: linkControl),
    HyperTransportRows.LinkConfiguration.fields.moved(to: linkConfiguration),
    HyperTransportRows.RevisionID.fields.moved(to: revisionID),
    HyperTransportRows.LinkFrequencyError.fields.moved(to: linkFrequencyError),
    HyperTransportRows.LinkFrequencyCapability.fields.moved(to: linkFrequencyCapability),
    HyperTransportRows.HostFeature.fields.moved(to: feature), [enumerationScratchpad],
    HyperTransportRows.ErrorHandling.fields.moved(to: errorHandling),
    [memoryBaseUpper, memoryLimitUpper],
  ])
}
