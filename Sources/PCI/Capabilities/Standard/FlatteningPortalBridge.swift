// SPDX-License-Identifier: Apache-2.0

/// The Flattening Portal Bridge capability, id 0x15.
///
/// PCI Express Base 6.0, section 7.8.11.
public struct FlatteningPortalBridge: DecodedCapability {
  /// The start of its dotted field names, `fpb`.
  public static var shortName: String { "fpb" }
  /// The specification's name.
  public static var title: String { "Flattening Portal Bridge" }

  /// FPB Capabilities at +4.
  public let capabilities: UInt32
  /// FPB RID Vector Control 1 at +8.
  public let ridVectorControl1: UInt32
  /// FPB RID Vector Control 2 at +0xc.
  public let ridVectorControl2: UInt32
  /// FPB MEM Low Vector Control at +0x10.
  public let memLowVectorControl: UInt32
  /// FPB MEM High Vector Control 1 at +0x14.
  public let memHighVectorControl1: UInt32
  /// FPB MEM High Vector Control 2 at +0x18.
  public let memHighVectorControl2: UInt32
  /// FPB Vector Access Control at +0x1c.
  public let vectorAccessControl: UInt32
  /// FPB Vector Access Data at +0x20.
  public let vectorAccessData: UInt32

  /// Decodes the registers, 36 bytes.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let capabilities = space.doubleWord(at: offset + 4),
      let ridVectorControl1 = space.doubleWord(at: offset + 8),
      let ridVectorControl2 = space.doubleWord(at: offset + 0xc),
      let memLowVectorControl = space.doubleWord(at: offset + 0x10),
      let memHighVectorControl1 = space.doubleWord(at: offset + 0x14),
      let memHighVectorControl2 = space.doubleWord(at: offset + 0x18),
      let vectorAccessControl = space.doubleWord(at: offset + 0x1c),
      let vectorAccessData = space.doubleWord(at: offset + 0x20)
    else { return nil }
    self.capabilities = capabilities
    self.ridVectorControl1 = ridVectorControl1
    self.ridVectorControl2 = ridVectorControl2
    self.memLowVectorControl = memLowVectorControl
    self.memHighVectorControl1 = memHighVectorControl1
    self.memHighVectorControl2 = memHighVectorControl2
    self.vectorAccessControl = vectorAccessControl
    self.vectorAccessData = vectorAccessData
  }

  /// FPB RID Decode Mechanism Supported.
  public var supportsRIDDecode: Bool { capabilities[bit: 0] }
  /// FPB MEM Low Decode Mechanism Supported.
  public var supportsMemLowDecode: Bool { capabilities[bit: 1] }
  /// FPB MEM High Decode Mechanism Supported.
  public var supportsMemHighDecode: Bool { capabilities[bit: 2] }
  /// Devices on the secondary side.
  public var secondaryDevices: UInt32 { capabilities[bits: 3...7] + 1 }
  /// FPB RID Vector Size Supported, as a code.
  public var ridVectorSize: UInt32 { capabilities[bits: 8...10] }
  /// FPB MEM Low Vector Size Supported, as a code.
  public var memLowVectorSize: UInt32 { capabilities[bits: 16...18] }
  /// FPB MEM High Vector Size Supported, as a code.
  public var memHighVectorSize: UInt32 { capabilities[bits: 24...26] }

  /// FPB RID Decode Mechanism Enable.
  public var isRIDDecodeEnabled: Bool { ridVectorControl1[bit: 0] }
  /// FPB RID Vector Granularity, as a code.
  public var ridGranularity: UInt32 { ridVectorControl1[bits: 4...7] }
  /// FPB RID Vector Start.
  public var ridVectorStart: UInt32 { ridVectorControl1[bits: 19...31] }

  /// RID Secondary Start.
  public var ridSecondaryStart: UInt32 { ridVectorControl2[bits: 3...31] }

  /// FPB MEM Low Decode Mechanism Enable.
  public var isMemLowDecodeEnabled: Bool { memLowVectorControl[bit: 0] }
  /// FPB MEM Low Vector Granularity, as a code.
  public var memLowGranularity: UInt32 { memLowVectorControl[bits: 4...7] }
  /// FPB MEM Low Vector Start.
  public var memLowVectorStart: UInt32 { memLowVectorControl[bits: 20...31] }

  /// FPB MEM High Decode Mechanism Enable.
  public var isMemHighDecodeEnabled: Bool { memHighVectorControl1[bit: 0] }
  /// FPB MEM High Vector Granularity, as a code.
  public var memHighGranularity: UInt32 { memHighVectorControl1[bits: 4...7] }
  /// FPB MEM High Vector Start Lower.
  public var memHighVectorStartLower: UInt32 { memHighVectorControl1[bits: 28...31] }

  /// FPB MEM High Vector Start Upper.
  public var memHighVectorStartUpper: UInt32 { memHighVectorControl2[bits: 0...31] }

  /// FPB Vector Access Offset.
  public var vectorAccessOffset: UInt32 { vectorAccessControl[bits: 0...7] }
  /// FPB Vector Select.
  public var vectorSelect: UInt32 { vectorAccessControl[bits: 14...15] }

  /// Every field, in register order.
  public var fields: [Field] {
    Self.tables.fields([
      UInt64(capabilities), UInt64(ridVectorControl1), UInt64(ridVectorControl2),
      UInt64(memLowVectorControl), UInt64(memHighVectorControl1), UInt64(memHighVectorControl2),
      UInt64(vectorAccessControl), UInt64(vectorAccessData),
    ])
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { Self.tables.names }

  private static var tables: [RegisterTable] {
    [
      RegisterTable(
        "capabilities",
        [
          .flag(0, "ridDecodeSupported"),
          .flag(1, "memLowDecodeSupported"),
          .flag(2, "memHighDecodeSupported"),
          .number(3...7, "secondaryDevices", adding: 1),
          .number(8...10, "ridVectorSize"),
          .number(16...18, "memLowVectorSize"),
          .number(24...26, "memHighVectorSize"),
        ]),
      RegisterTable(
        "ridVectorControl1",
        [
          .flag(0, "ridDecodeEnable"),
          .number(4...7, "ridGranularity"),
          .hexadecimal(19...31, "ridVectorStart", digits: 4),
        ]),
      RegisterTable(
        "ridVectorControl2",
        [
          .hexadecimal(3...31, "ridSecondaryStart", digits: 8)
        ]),
      RegisterTable(
        "memLowVectorControl",
        [
          .flag(0, "memLowDecodeEnable"),
          .number(4...7, "memLowGranularity"),
          .hexadecimal(20...31, "memLowVectorStart", digits: 3),
        ]),
      RegisterTable(
        "memHighVectorControl1",
        [
          .flag(0, "memHighDecodeEnable"),
          .number(4...7, "memHighGranularity"),
          .hexadecimal(28...31, "memHighVectorStartLower", digits: 1),
        ]),
      RegisterTable(
        "memHighVectorControl2",
        [
          .hexadecimal(0...31, "memHighVectorStartUpper", digits: 8)
        ]),
      RegisterTable(
        "vectorAccessControl",
        [
          .number(0...7, "vectorAccessOffset"),
          .number(14...15, "vectorSelect"),
        ]),
      .hexadecimal("vectorAccessData", digits: 8),
    ]
  }
}
