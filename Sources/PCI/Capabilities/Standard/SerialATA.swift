// SPDX-License-Identifier: Apache-2.0

/// The SATA capability, id 0x12: where the index and data registers are.
///
/// Serial ATA AHCI 1.3.1, section 2.4.
public struct SerialATA: DecodedCapability {
  /// The start of its dotted field names, `sata`.
  public static var shortName: String { "sata" }
  /// The specification's name.
  public static var title: String { "Serial ATA Data/Index Configuration" }

  /// Revision (SATACR0) at +2.
  public let revision: UInt8
  /// BAR location and offset (SATACR1) at +4.
  public let location: UInt32

  /// Decodes the registers, 8 bytes.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let revision = space.byte(at: offset + 2),
      let location = space.doubleWord(at: offset + 4)
    else { return nil }
    self.revision = revision
    self.location = location
  }

  /// Minor revision.
  public var minor: UInt8 { revision[bits: 0...3] }
  /// Major revision.
  public var major: UInt8 { revision[bits: 4...7] }

  /// Where the register pair is, as a code.
  public var barLocation: UInt32 { location[bits: 0...3] }
  /// Offset of the register pair in the window, in bytes.
  public var barOffset: UInt32 { location[bits: 4...23] << 2 }

  /// Every field, in register order.
  public var fields: [Field] {
    Self.tables.fields([UInt64(revision), UInt64(location)])
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { Self.tables.names }

  private static var tables: [RegisterTable] {
    [
      RegisterTable(
        "revision",
        [
          .number(0...3, "minor"),
          .number(4...7, "major"),
        ]),
      RegisterTable(
        "location",
        [
          .computed(0...3, "barLocation") { FieldMeaning.serialATALocation($0) },
          .number(4...23, "barOffset", shift: 2, unit: "bytes"),
        ]),
    ]
  }
}
