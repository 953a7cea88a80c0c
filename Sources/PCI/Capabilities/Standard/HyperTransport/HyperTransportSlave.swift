// SPDX-License-Identifier: Apache-2.0

/// The HyperTransport slave or primary interface.
///
/// HyperTransport I/O Link 3.10, chapter 7.
public struct HyperTransportSlave: DecodedCapability {
  /// The start of its dotted field names, `ht`.
  public static var shortName: String { "ht" }
  /// The specification's name.
  public static var title: String { "HyperTransport" }

  /// Command at +2.
  public let command: UInt16
  /// Link Control 0 at +4.
  public let linkControl0: UInt16
  /// Link Configuration 0 at +6.
  public let linkConfiguration0: UInt16
  /// Link Control 1 at +8.
  public let linkControl1: UInt16
  /// Link Configuration 1 at +0xa.
  public let linkConfiguration1: UInt16
  /// Revision ID at +0xc.
  public let revisionID: UInt8
  /// Link Frequency and Link Error 0 at +0xd.
  public let linkFrequencyError0: UInt8
  /// Link Frequency Capability 0 at +0xe.
  public let linkFrequencyCapability0: UInt16
  /// Feature at +0x10.
  public let feature: UInt8
  /// Link Frequency and Link Error 1 at +0x11.
  public let linkFrequencyError1: UInt8
  /// Link Frequency Capability 1 at +0x12.
  public let linkFrequencyCapability1: UInt16
  /// Enumeration Scratchpad at +0x14.
  public let enumerationScratchpad: UInt16
  /// Error Handling at +0x16.
  public let errorHandling: UInt16
  /// Memory Base Upper at +0x18.
  public let memoryBaseUpper: UInt8
  /// Memory Limit Upper at +0x19.
  public let memoryLimitUpper: UInt8
  /// Bus Number at +0x1a.
  public let busNumber: UInt8

  /// Decodes the registers, 27 bytes.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let command = space.word(at: offset + 2),
      let linkControl0 = space.word(at: offset + 4),
      let linkConfiguration0 = space.word(at: offset + 6),
      let linkControl1 = space.word(at: offset + 8),
      let linkConfiguration1 = space.word(at: offset + 0xa),
      let revisionID = space.byte(at: offset + 0xc),
      let linkFrequencyError0 = space.byte(at: offset + 0xd),
      let linkFrequencyCapability0 = space.word(at: offset + 0xe),
      let feature = space.byte(at: offset + 0x10),
      let linkFrequencyError1 = space.byte(at: offset + 0x11),
      let linkFrequencyCapability1 = space.word(at: offset + 0x12),
      let enumerationScratchpad = space.word(at: offset + 0x14),
      let errorHandling = space.word(at: offset + 0x16),
      let memoryBaseUpper = space.byte(at: offset + 0x18),
      let memoryLimitUpper = space.byte(at: offset + 0x19),
      let busNumber = space.byte(at: offset + 0x1a)
    else { return nil }
    self.command = command
    self.linkControl0 = linkControl0
    self.linkConfiguration0 = linkConfiguration0
    self.linkControl1 = linkControl1
    self.linkConfiguration1 = linkConfiguration1
    self.revisionID = revisionID
    self.linkFrequencyError0 = linkFrequencyError0
    self.linkFrequencyCapability0 = linkFrequencyCapability0
    self.feature = feature
    self.linkFrequencyError1 = linkFrequencyError1
    self.linkFrequencyCapability1 = linkFrequencyCapability1
    self.enumerationScratchpad = enumerationScratchpad
    self.errorHandling = errorHandling
    self.memoryBaseUpper = memoryBaseUpper
    self.memoryLimitUpper = memoryLimitUpper
    self.busNumber = busNumber
  }

  /// Base UnitID.
  public var baseUnitID: UInt16 { command[bits: 0...4] }
  /// Unit Count.
  public var unitCount: UInt16 { command[bits: 5...9] }
  /// Master Host: the link to the host is link 1.
  public var isMasterHostSecondary: Bool { command[bit: 10] }
  /// Default Direction: away from the master host.
  public var isDefaultDirectionOpposite: Bool { command[bit: 11] }
  /// Drop on Uninitialized Link.
  public var dropsOnUninitializedLink: Bool { command[bit: 12] }

  /// Every field, in register order.
  public var fields: [Field] {
    Self.tables.fields([
      UInt64(command), UInt64(linkControl0), UInt64(linkConfiguration0), UInt64(linkControl1),
      UInt64(linkConfiguration1), UInt64(revisionID), UInt64(linkFrequencyError0),
      UInt64(linkFrequencyCapability0), UInt64(feature), UInt64(linkFrequencyError1),
      UInt64(linkFrequencyCapability1), UInt64(enumerationScratchpad), UInt64(errorHandling),
      UInt64(memoryBaseUpper), UInt64(memoryLimitUpper), UInt64(busNumber),
    ])
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { Self.tables.names }

  private static var tables: [RegisterTable] {
    [
      RegisterTable(
        "command",
        [
          .number(0...4, "baseUnitID"),
          .number(5...9, "unitCount"),
          .flag(10, "masterHost"),
          .flag(11, "defaultDirection"),
          .flag(12, "dropOnUninitialized"),
        ]),
      RegisterTable("linkControl0", HyperTransportRows.linkControl),
      RegisterTable("linkConfiguration0", HyperTransportRows.linkConfiguration),
      RegisterTable("linkControl1", HyperTransportRows.linkControl),
      RegisterTable("linkConfiguration1", HyperTransportRows.linkConfiguration),
      RegisterTable("revisionID", HyperTransportRows.revisionID),
      RegisterTable("linkFrequencyError0", HyperTransportRows.linkFrequencyError),
      RegisterTable("linkFrequencyCapability0", HyperTransportRows.linkFrequencyCapability),
      RegisterTable("feature", HyperTransportRows.feature),
      RegisterTable("linkFrequencyError1", HyperTransportRows.linkFrequencyError),
      RegisterTable("linkFrequencyCapability1", HyperTransportRows.linkFrequencyCapability),
      .hexadecimal("enumerationScratchpad", digits: 4),
      RegisterTable("errorHandling", HyperTransportRows.errorHandling),
      .hexadecimal("memoryBaseUpper", digits: 2),
      .hexadecimal("memoryLimitUpper", digits: 2),
      RegisterTable(
        "busNumber",
        [
          .number(0...7, "")
        ]),
    ]
  }
}
