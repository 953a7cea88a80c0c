// SPDX-License-Identifier: Apache-2.0

/// The HyperTransport switch block.
///
/// HyperTransport I/O Link 3.10, chapter 7.
public struct HyperTransportSwitch: CapabilityPart {
  public static let part = PartKind(0b01000, "switch", size: 24)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  public enum Command: RegisterFields {
    static let itself = Register(2, 2, "command")
    public static let vibError = flag(7, "vibError")
    /// VIB Flood Enable.
    public static let vibFlood = flag(8, "vibFlood")
    /// VIB Fatal Enable.
    public static let vibFatal = flag(9, "vibFatal")
    /// VIB Nonfatal Enable.
    public static let vibNonFatal = flag(10, "vibNonFatal")
    static let fields = [vibError, vibFlood, vibFatal, vibNonFatal]
  }

  public static let partitionMask = Register(4, 4, "partitionMask").hexadecimal()

  public enum SwitchInformation: RegisterFields {
    static let itself = Register(8, 4, "switchInformation")
    public static let defaultPort = number(0...4, "defaultPort")
    public static let enableDecode = flag(5, "enableDecode")
    public static let coldReset = flag(6, "coldReset")
    public static let performanceCounterIndex = number(8...11, "performanceCounterIndex")
    /// Base/Limit Range Index.
    public static let baseLimitIndex = number(12...17, "baseLimitIndex")
    public static let hotPlug = flag(18, "hotPlug")
    public static let hidePort = flag(19, "hidePort")
    static let fields = [
      defaultPort, enableDecode, coldReset, performanceCounterIndex, baseLimitIndex, hotPlug,
      hidePort,
    ]
  }

  public static let performanceCounterData = Register(0xc, 4, "performanceCounterData")
    .hexadecimal()
  public static let baseLimitRangeData = Register(0x10, 4, "baseLimitRangeData").hexadecimal()
  public static let secondaryBaseData = Register(0x14, 4, "secondaryBaseData").hexadecimal()

  public static let layout = RegisterLayout(registers: [
    Command.fields, [partitionMask], SwitchInformation.fields,
    [performanceCounterData, baseLimitRangeData, secondaryBaseData],
  ])
}
