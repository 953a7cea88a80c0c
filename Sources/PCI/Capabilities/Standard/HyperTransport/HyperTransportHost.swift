// SPDX-License-Identifier: Apache-2.0

/// The HyperTransport host or secondary interface.
///
/// HyperTransport I/O Link 3.10, chapter 7.
public struct HyperTransportHost: DecodedCapability {
  /// The start of its dotted field names, `ht`.
  public static var shortName: String { "ht" }
  /// The specification's name.
  public static var title: String { "HyperTransport" }

  /// Command at +2.
  public let command: UInt16
  /// Link Control at +4.
  public let linkControl: UInt16
  /// Link Configuration at +6.
  public let linkConfiguration: UInt16
  /// Revision ID at +8.
  public let revisionID: UInt8
  /// Link Frequency and Link Error at +9.
  public let linkFrequencyError: UInt8
  /// Link Frequency Capability at +0xa.
  public let linkFrequencyCapability: UInt16
  /// Feature at +0xc.
  public let feature: UInt16
  /// Enumeration Scratchpad at +0x10.
  public let enumerationScratchpad: UInt16
  /// Error Handling at +0x12.
  public let errorHandling: UInt16
  /// Memory Base Upper at +0x14.
  public let memoryBaseUpper: UInt8
  /// Memory Limit Upper at +0x15.
  public let memoryLimitUpper: UInt8

  /// Decodes the registers, 22 bytes.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let command = space.word(at: offset + 2),
      let linkControl = space.word(at: offset + 4),
      let linkConfiguration = space.word(at: offset + 6),
      let revisionID = space.byte(at: offset + 8),
      let linkFrequencyError = space.byte(at: offset + 9),
      let linkFrequencyCapability = space.word(at: offset + 0xa),
      let feature = space.word(at: offset + 0xc),
      let enumerationScratchpad = space.word(at: offset + 0x10),
      let errorHandling = space.word(at: offset + 0x12),
      let memoryBaseUpper = space.byte(at: offset + 0x14),
      let memoryLimitUpper = space.byte(at: offset + 0x15)
    else { return nil }
    self.command = command
    self.linkControl = linkControl
    self.linkConfiguration = linkConfiguration
    self.revisionID = revisionID
    self.linkFrequencyError = linkFrequencyError
    self.linkFrequencyCapability = linkFrequencyCapability
    self.feature = feature
    self.enumerationScratchpad = enumerationScratchpad
    self.errorHandling = errorHandling
    self.memoryBaseUpper = memoryBaseUpper
    self.memoryLimitUpper = memoryLimitUpper
  }

  /// Warm Reset.
  public var isWarmReset: Bool { command[bit: 0] }
  /// Double-Ended.
  public var isDoubleEnded: Bool { command[bit: 1] }
  /// Device Number.
  public var deviceNumber: UInt16 { command[bits: 2...6] }
  /// Chain Side.
  public var isFarChainSide: Bool { command[bit: 7] }
  /// Host Hide.
  public var isHostHidden: Bool { command[bit: 8] }
  /// Act as Slave.
  public var actsAsSlave: Bool { command[bit: 10] }
  /// Host Inbound End of Chain Error.
  public var hasEndOfChainError: Bool { command[bit: 11] }
  /// Drop on Uninitialized Link.
  public var dropsOnUninitializedLink: Bool { command[bit: 12] }

  /// Every field, in register order.
  public var fields: [Field] {
    Self.tables.fields([
      UInt64(command), UInt64(linkControl), UInt64(linkConfiguration), UInt64(revisionID),
      UInt64(linkFrequencyError), UInt64(linkFrequencyCapability), UInt64(feature),
      UInt64(enumerationScratchpad), UInt64(errorHandling), UInt64(memoryBaseUpper),
      UInt64(memoryLimitUpper),
    ])
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { Self.tables.names }

  private static var tables: [RegisterTable] {
    [
      RegisterTable(
        "command",
        [
          .flag(0, "warmReset"),
          .flag(1, "doubleEnded"),
          .number(2...6, "deviceNumber"),
          .flag(7, "chainSide"),
          .flag(8, "hostHide"),
          .flag(10, "actAsSlave"),
          .flag(11, "endOfChainError"),
          .flag(12, "dropOnUninitialized"),
        ]),
      RegisterTable("linkControl", HyperTransportRows.linkControl),
      RegisterTable("linkConfiguration", HyperTransportRows.linkConfiguration),
      RegisterTable("revisionID", HyperTransportRows.revisionID),
      RegisterTable("linkFrequencyError", HyperTransportRows.linkFrequencyError),
      RegisterTable("linkFrequencyCapability", HyperTransportRows.linkFrequencyCapability),
      RegisterTable("feature", HyperTransportRows.hostFeature),
      .hexadecimal("enumerationScratchpad", digits: 4),
      RegisterTable("errorHandling", HyperTransportRows.errorHandling),
      .hexadecimal("memoryBaseUpper", digits: 2),
      .hexadecimal("memoryLimitUpper", digits: 2),
    ]
  }
}
