// SPDX-License-Identifier: Apache-2.0

/// The Physical Layer 16.0 GT/s capability, extended id 0x0026.
///
/// PCI Express Base 6.0, section 7.7.5.
public struct PhysicalLayer16GT: DecodedCapability {
  /// The start of its dotted field names, `phy16`.
  public static var shortName: String { "phy16" }
  /// The specification's name.
  public static var title: String { "Physical Layer 16.0 GT/s" }

  /// 16.0 GT/s Capabilities at +4.
  public let capabilities: UInt32
  /// 16.0 GT/s Control at +8.
  public let control: UInt32
  /// 16.0 GT/s Status at +0xc.
  public let status: UInt32
  /// 16.0 GT/s Local Data Parity Mismatch Status at +0x10: bit n is lane n.
  public let localDataParityMismatch: UInt32
  /// 16.0 GT/s First Retimer Data Parity Mismatch Status at +0x14.
  public let firstRetimerParityMismatch: UInt32
  /// 16.0 GT/s Second Retimer Data Parity Mismatch Status at +0x18.
  public let secondRetimerParityMismatch: UInt32
  /// 16.0 GT/s Lane Equalization Control of each lane: downstream preset in 3:0, upstream in 7:4,
  /// from +0x20.
  public let laneEqualization: [UInt8]

  /// Decodes the registers, 28 bytes or more.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let capabilities = space.doubleWord(at: offset + 4),
      let control = space.doubleWord(at: offset + 8),
      let status = space.doubleWord(at: offset + 0xc),
      let localDataParityMismatch = space.doubleWord(at: offset + 0x10),
      let firstRetimerParityMismatch = space.doubleWord(at: offset + 0x14),
      let secondRetimerParityMismatch = space.doubleWord(at: offset + 0x18),
      let laneEqualization = space.bytes(at: offset + 0x20, count: space.linkLaneCount)
    else { return nil }
    self.capabilities = capabilities
    self.control = control
    self.status = status
    self.localDataParityMismatch = localDataParityMismatch
    self.firstRetimerParityMismatch = firstRetimerParityMismatch
    self.secondRetimerParityMismatch = secondRetimerParityMismatch
    self.laneEqualization = laneEqualization
  }

  /// Equalization 16.0 GT/s Complete.
  public var isEqualizationComplete: Bool { status[bit: 0] }
  /// Equalization 16.0 GT/s Phase 1 Successful.
  public var wasEqualizationPhase1Successful: Bool { status[bit: 1] }
  /// Equalization 16.0 GT/s Phase 2 Successful.
  public var wasEqualizationPhase2Successful: Bool { status[bit: 2] }
  /// Equalization 16.0 GT/s Phase 3 Successful.
  public var wasEqualizationPhase3Successful: Bool { status[bit: 3] }
  /// Link Equalization Request 16.0 GT/s.
  public var hasLinkEqualizationRequest: Bool { status[bit: 4] }

  /// Every field, in register order.
  public var fields: [Field] {
    Self.tables.fields([
      UInt64(capabilities), UInt64(control), UInt64(status), UInt64(localDataParityMismatch),
      UInt64(firstRetimerParityMismatch), UInt64(secondRetimerParityMismatch),
    ]) + Field.lanes(laneEqualization, digits: 2)
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { Self.tables.names + ["laneEqualization.N"] }

  private static var tables: [RegisterTable] {
    [
      .hexadecimal("capabilities", digits: 8),
      .hexadecimal("control", digits: 8),
      RegisterTable("status", RegisterTable.equalization(from: 0)),
      .hexadecimal("localDataParityMismatch", digits: 8),
      .hexadecimal("firstRetimerParityMismatch", digits: 8),
      .hexadecimal("secondRetimerParityMismatch", digits: 8),
    ]
  }
}
