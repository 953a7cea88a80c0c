// SPDX-License-Identifier: Apache-2.0

/// The HyperTransport host or secondary interface.
///
/// HyperTransport I/O Link 3.10, chapter 7.
public struct HyperTransportHost: CapabilityPart {
  public static let part = PartKind(0b00100, "host or secondary interface", size: 22)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  public enum Command: RegisterFields {
    static let itself = Register(2, 2, "command")
    public static let warmReset = flag(0, "warmReset")
    public static let doubleEnded = flag(1, "doubleEnded")
    public static let deviceNumber = number(2...6, "deviceNumber")
    public static let chainSide = flag(7, "chainSide")
    public static let hostHide = flag(8, "hostHide")
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

  public static let linkControl = Register(4, 2, "linkControl")
  public static let linkConfiguration = Register(6, 2, "linkConfiguration")
  public static let revisionID = Register(8, 1, "revisionID")
  public static let linkFrequencyError = Register(9, 1, "linkFrequencyError")
  public static let linkFrequencyCapability = Register(0xa, 2, "linkFrequencyCapability")
    .hexadecimal()
  public static let feature = Register(0xc, 2, "feature")
  public static let enumerationScratchpad = Register(0x10, 2, "enumerationScratchpad").hexadecimal()
  public static let errorHandling = Register(0x12, 2, "errorHandling")
  public static let memoryBaseUpper = Register(0x14, 1, "memoryBaseUpper").hexadecimal()
  public static let memoryLimitUpper = Register(0x15, 1, "memoryLimitUpper").hexadecimal()

  public static let layout = RegisterLayout(registers: [
    Command.fields, HyperTransportRows.linkControl(linkControl),
    HyperTransportRows.linkConfiguration(linkConfiguration),
    HyperTransportRows.revisionID(revisionID),
    HyperTransportRows.linkFrequencyError(linkFrequencyError), [linkFrequencyCapability],
    HyperTransportRows.hostFeature(feature), [enumerationScratchpad],
    HyperTransportRows.errorHandling(errorHandling),
    [memoryBaseUpper, memoryLimitUpper],
  ])
}
