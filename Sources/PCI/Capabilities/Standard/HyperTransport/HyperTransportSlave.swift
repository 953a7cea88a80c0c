// SPDX-License-Identifier: Apache-2.0

/// The HyperTransport slave or primary interface.
///
/// HyperTransport I/O Link 3.10, chapter 7.
public struct HyperTransportSlave: CapabilityPart {
  public static let part = PartKind(0b00000, "slave or primary interface", size: 27)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  public enum Command: RegisterFields {
    static let itself = Register(2, 2, "command")
    public static let baseUnitID = number(0...4, "baseUnitID")
    public static let unitCount = number(5...9, "unitCount")
    /// Master Host: the link to the host is link 1.
    public static let masterHost = flag(10, "masterHost")
    /// Default Direction: away from the master host.
    public static let defaultDirection = flag(11, "defaultDirection")
    /// Drop on Uninitialized Link.
    public static let dropOnUninitialized = flag(12, "dropOnUninitialized")
    static let fields = [baseUnitID, unitCount, masterHost, defaultDirection, dropOnUninitialized]
  }

  /// Link Control 0.
  public static let linkControl0 = Register(4, 2, "linkControl0")
  /// Link Configuration 0.
  public static let linkConfiguration0 = Register(6, 2, "linkConfiguration0")
  /// Link Control 1.
  public static let linkControl1 = Register(8, 2, "linkControl1")
  /// Link Configuration 1.
  public static let linkConfiguration1 = Register(0xa, 2, "linkConfiguration1")
  public static let revisionID = Register(0xc, 1, "revisionID")
  /// Link Frequency and Link Error 0.
  public static let linkFrequencyError0 = Register(0xd, 1, "linkFrequencyError0")
  /// Link Frequency Capability 0.
  public static let linkFrequencyCapability0 = Register(0xe, 2, "linkFrequencyCapability0")
    .hexadecimal()
  public static let feature = Register(0x10, 1, "feature")
  /// Link Frequency and Link Error 1.
  public static let linkFrequencyError1 = Register(0x11, 1, "linkFrequencyError1")
  /// Link Frequency Capability 1.
  public static let linkFrequencyCapability1 = Register(0x12, 2, "linkFrequencyCapability1")
    .hexadecimal()
  public static let enumerationScratchpad = Register(0x14, 2, "enumerationScratchpad").hexadecimal()
  public static let errorHandling = Register(0x16, 2, "errorHandling")
  public static let memoryBaseUpper = Register(0x18, 1, "memoryBaseUpper").hexadecimal()
  public static let memoryLimitUpper = Register(0x19, 1, "memoryLimitUpper").hexadecimal()
  public static let busNumber = Register(0x1a, 1, "busNumber").number()

  public static let layout = RegisterLayout(registers: [
    Command.fields, HyperTransportRows.linkControl(linkControl0),
    HyperTransportRows.linkConfiguration(linkConfiguration0),
    HyperTransportRows.linkControl(linkControl1),
    HyperTransportRows.linkConfiguration(linkConfiguration1),
    HyperTransportRows.revisionID(revisionID),
    HyperTransportRows.linkFrequencyError(linkFrequencyError0), [linkFrequencyCapability0],
    HyperTransportRows.feature(feature),
    HyperTransportRows.linkFrequencyError(linkFrequencyError1), [linkFrequencyCapability1],
    [enumerationScratchpad], HyperTransportRows.errorHandling(errorHandling),
    [memoryBaseUpper, memoryLimitUpper, busNumber],
  ])
}
