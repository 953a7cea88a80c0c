// SPDX-License-Identifier: Apache-2.0

/// The HyperTransport revision id block.
///
/// HyperTransport I/O Link 3.10, chapter 7.
public struct HyperTransportRevisionID: DecodedCapability {
  /// The start of its dotted field names, `ht`.
  public static var shortName: String { "ht" }
  /// The specification's name.
  public static var title: String { "HyperTransport" }

  /// Revision ID at +2.
  public let revisionID: UInt8

  /// Decodes the registers, 3 bytes.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let revisionID = space.byte(at: offset + 2)
    else { return nil }
    self.revisionID = revisionID
  }

  /// Every field, in register order.
  public var fields: [Field] {
    Self.tables.fields([UInt64(revisionID)])
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { Self.tables.names }

  private static var tables: [RegisterTable] {
    [
      RegisterTable("revisionID", HyperTransportRows.revisionID)
    ]
  }
}
