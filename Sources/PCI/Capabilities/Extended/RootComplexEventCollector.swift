// SPDX-License-Identifier: Apache-2.0

/// The Root Complex Event Collector Endpoint Association capability, extended id 0x0007.
///
/// PCI Express Base 6.0, section 7.9.10.
public struct RootComplexEventCollector: DecodedCapability {
  /// The start of its dotted field names, `rcec`.
  public static var shortName: String { "rcec" }
  /// The specification's name.
  public static var title: String { "Root Complex Event Collector Endpoint Association" }

  /// Association Bitmap for RCiEPs at +4: bit n is device n of the bus.
  public let associationBitmap: UInt32
  /// RCEC Associated Bus Numbers at +8; version 2 and later.
  public let associatedBusNumbers: UInt32?

  /// Decodes the registers, 8 bytes or more.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let associationBitmap = space.doubleWord(at: offset + 4)
    else { return nil }
    self.associationBitmap = associationBitmap
    associatedBusNumbers =
      (space.doubleWord(at: offset) ?? 0)[bits: 16...19] >= 2
      ? space.doubleWord(at: offset + 8) : nil
  }

  /// RCEC Next Bus.
  public var nextBus: UInt32? { associatedBusNumbers.map { $0[bits: 8...15] } }
  /// RCEC Last Bus.
  public var lastBus: UInt32? { associatedBusNumbers.map { $0[bits: 16...23] } }

  /// Every field, in register order.
  public var fields: [Field] {
    Self.tables.fields([UInt64(associationBitmap), associatedBusNumbers.map { UInt64($0) }])
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { Self.tables.names }

  private static var tables: [RegisterTable] {
    [
      .hexadecimal("associationBitmap", digits: 8),
      RegisterTable(
        "associatedBusNumbers",
        [
          .number(8...15, "nextBus"),
          .number(16...23, "lastBus"),
        ]),
    ]
  }
}
