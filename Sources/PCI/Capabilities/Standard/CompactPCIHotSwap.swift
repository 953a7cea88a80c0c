// SPDX-License-Identifier: Apache-2.0

/// The CompactPCI Hot Swap capability, id 0x06.
///
/// CompactPCI Hot Swap, PICMG 2.1 R2.0.
public struct CompactPCIHotSwap: DecodedCapability {
  /// The start of its dotted field names, `hotswap`.
  public static var shortName: String { "hotswap" }
  /// The specification's name.
  public static var title: String { "CompactPCI Hot Swap" }

  /// Hot Swap Control and Status (HS_CSR) at +2.
  public let controlStatus: UInt8

  /// Decodes the registers, 3 bytes.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let controlStatus = space.byte(at: offset + 2)
    else { return nil }
    self.controlStatus = controlStatus
  }

  /// Device Hiding Arm (DHA).
  public var isDeviceHidingArmed: Bool { controlStatus[bit: 0] }
  /// ENUM# Signal Mask (EIM).
  public var isSignalMasked: Bool { controlStatus[bit: 1] }
  /// Pending Insertion or Extraction (PIE).
  public var isInsertionOrExtractionPending: Bool { controlStatus[bit: 2] }
  /// LED On/Off (LOO).
  public var isLEDOn: Bool { controlStatus[bit: 3] }
  /// Programming Interface (PI).
  public var programmingInterface: UInt8 { controlStatus[bits: 4...5] }
  /// ENUM# Status, Extraction (EXT).
  public var hasExtraction: Bool { controlStatus[bit: 6] }
  /// ENUM# Status, Insertion (INS).
  public var hasInsertion: Bool { controlStatus[bit: 7] }

  /// Every field, in register order.
  public var fields: [Field] {
    Self.tables.fields([UInt64(controlStatus)])
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { Self.tables.names }

  private static var tables: [RegisterTable] {
    [
      RegisterTable(
        "controlStatus",
        [
          .flag(0, "deviceHidingArm"),
          .flag(1, "signalMask"),
          .flag(2, "pending"),
          .flag(3, "ledOn"),
          .number(4...5, "programmingInterface"),
          .flag(6, "extraction"),
          .flag(7, "insertion"),
        ])
    ]
  }
}
