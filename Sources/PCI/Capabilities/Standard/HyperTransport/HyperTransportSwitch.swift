// SPDX-License-Identifier: Apache-2.0

/// The HyperTransport switch block.
///
/// HyperTransport I/O Link 3.10, chapter 7.
public struct HyperTransportSwitch: DecodedCapability {
  /// The start of its dotted field names, `ht`.
  public static var shortName: String { "ht" }
  /// The specification's name.
  public static var title: String { "HyperTransport" }

  /// Switch Command at +2.
  public let command: UInt16
  /// Partition Mask at +4.
  public let partitionMask: UInt32
  /// Switch Info at +8.
  public let switchInformation: UInt32
  /// Performance Counter Data at +0xc.
  public let performanceCounterData: UInt32
  /// Base/Limit Range Data at +0x10.
  public let baseLimitRangeData: UInt32
  /// Secondary Base Data at +0x14.
  public let secondaryBaseData: UInt32

  /// Decodes the registers, 24 bytes.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let command = space.word(at: offset + 2),
      let partitionMask = space.doubleWord(at: offset + 4),
      let switchInformation = space.doubleWord(at: offset + 8),
      let performanceCounterData = space.doubleWord(at: offset + 0xc),
      let baseLimitRangeData = space.doubleWord(at: offset + 0x10),
      let secondaryBaseData = space.doubleWord(at: offset + 0x14)
    else { return nil }
    self.command = command
    self.partitionMask = partitionMask
    self.switchInformation = switchInformation
    self.performanceCounterData = performanceCounterData
    self.baseLimitRangeData = baseLimitRangeData
    self.secondaryBaseData = secondaryBaseData
  }

  /// VIB Error.
  public var hasVIBError: Bool { command[bit: 7] }
  /// VIB Flood Enable.
  public var isVIBFloodEnabled: Bool { command[bit: 8] }
  /// VIB Fatal Enable.
  public var isVIBFatalEnabled: Bool { command[bit: 9] }
  /// VIB Nonfatal Enable.
  public var isVIBNonFatalEnabled: Bool { command[bit: 10] }

  /// Default Port.
  public var defaultPort: UInt32 { switchInformation[bits: 0...4] }
  /// Enable Decode.
  public var isDecodeEnabled: Bool { switchInformation[bit: 5] }
  /// Cold Reset.
  public var isColdReset: Bool { switchInformation[bit: 6] }
  /// Performance Counter Index.
  public var performanceCounterIndex: UInt32 { switchInformation[bits: 8...11] }
  /// Base/Limit Range Index.
  public var baseLimitIndex: UInt32 { switchInformation[bits: 12...17] }
  /// Hot Plug.
  public var supportsHotPlug: Bool { switchInformation[bit: 18] }
  /// Hide Port.
  public var isPortHidden: Bool { switchInformation[bit: 19] }

  /// Every field, in register order.
  public var fields: [Field] {
    Self.tables.fields([
      UInt64(command), UInt64(partitionMask), UInt64(switchInformation),
      UInt64(performanceCounterData), UInt64(baseLimitRangeData), UInt64(secondaryBaseData),
    ])
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { Self.tables.names }

  private static var tables: [RegisterTable] {
    [
      RegisterTable(
        "command",
        [
          .flag(7, "vibError"),
          .flag(8, "vibFlood"),
          .flag(9, "vibFatal"),
          .flag(10, "vibNonFatal"),
        ]),
      .hexadecimal("partitionMask", digits: 8),
      RegisterTable(
        "switchInformation",
        [
          .number(0...4, "defaultPort"),
          .flag(5, "enableDecode"),
          .flag(6, "coldReset"),
          .number(8...11, "performanceCounterIndex"),
          .number(12...17, "baseLimitIndex"),
          .flag(18, "hotPlug"),
          .flag(19, "hidePort"),
        ]),
      .hexadecimal("performanceCounterData", digits: 8),
      .hexadecimal("baseLimitRangeData", digits: 8),
      .hexadecimal("secondaryBaseData", digits: 8),
    ]
  }
}
