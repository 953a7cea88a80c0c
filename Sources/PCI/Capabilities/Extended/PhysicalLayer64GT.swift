// SPDX-License-Identifier: Apache-2.0

/// The Physical Layer 64.0 GT/s capability, extended id 0x0031.
///
/// PCI Express Base 6.0, section 7.7.7.
public struct PhysicalLayer64GT: DecodedCapability {
  /// The start of its dotted field names, `phy64`.
  public static var shortName: String { "phy64" }
  /// The specification's name.
  public static var title: String { "Physical Layer 64.0 GT/s" }

  /// 64.0 GT/s Capabilities at +4.
  public let capabilities: UInt32
  /// 64.0 GT/s Control at +8.
  public let control: UInt32
  /// 64.0 GT/s Status at +0xc.
  public let status: UInt32
  /// 64.0 GT/s Lane Equalization Control of each lane: downstream preset in 3:0, upstream in 7:4,
  /// from +0x10.
  public let laneEqualization: [UInt8]

  /// Decodes the registers, 16 bytes or more.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let capabilities = space.doubleWord(at: offset + 4),
      let control = space.doubleWord(at: offset + 8),
      let status = space.doubleWord(at: offset + 0xc),
      let laneEqualization = space.bytes(at: offset + 0x10, count: space.linkLaneCount)
    else { return nil }
    self.capabilities = capabilities
    self.control = control
    self.status = status
    self.laneEqualization = laneEqualization
  }

  /// Equalization 64.0 GT/s Complete.
  public var isEqualizationComplete: Bool { status[bit: 0] }
  /// Equalization 64.0 GT/s Phase 1 Successful.
  public var wasEqualizationPhase1Successful: Bool { status[bit: 1] }
  /// Equalization 64.0 GT/s Phase 2 Successful.
  public var wasEqualizationPhase2Successful: Bool { status[bit: 2] }
  /// Equalization 64.0 GT/s Phase 3 Successful.
  public var wasEqualizationPhase3Successful: Bool { status[bit: 3] }
  /// Link Equalization Request 64.0 GT/s.
  public var hasLinkEqualizationRequest: Bool { status[bit: 4] }
  /// Transmitter Precoding On.
  public var isTransmitterPrecodingOn: Bool { status[bit: 5] }
  /// Transmitter Precode Request.
  public var hasTransmitterPrecodeRequest: Bool { status[bit: 6] }
  /// No Equalization Needed Received.
  public var wasNoEqualizationNeededReceived: Bool { status[bit: 7] }

  /// Every field, in register order.
  public var fields: [Field] {
    Self.tables.fields([UInt64(capabilities), UInt64(control), UInt64(status)])
      + Field.lanes(laneEqualization, digits: 2)
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { Self.tables.names + ["laneEqualization.N"] }

  private static var tables: [RegisterTable] {
    [
      .hexadecimal("capabilities", digits: 8),
      .hexadecimal("control", digits: 8),
      RegisterTable(
        "status",
        RegisterTable.equalization(from: 0) + [
          .flag(5, "transmitterPrecodingOn"),
          .flag(6, "transmitterPrecodeRequest"),
          .flag(7, "noEqualizationNeededReceived"),
        ]),
    ]
  }
}
