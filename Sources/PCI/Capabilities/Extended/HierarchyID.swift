// SPDX-License-Identifier: Apache-2.0

/// The Hierarchy ID capability, extended id 0x0028.
///
/// PCI Express Base 6.0, section 7.9.17.
public struct HierarchyID: DecodedCapability {
  /// The start of its dotted field names, `hierarchy`.
  public static var shortName: String { "hierarchy" }
  /// The specification's name.
  public static var title: String { "Hierarchy ID" }

  /// Hierarchy ID Status at +4.
  public let status: UInt32
  /// Hierarchy ID Data at +8.
  public let data: UInt32
  /// Hierarchy ID GUID 1 at +0xc.
  public let guid1: UInt32
  /// Hierarchy ID GUID 2 at +0x10.
  public let guid2: UInt32
  /// Hierarchy ID GUID 3 at +0x14.
  public let guid3: UInt32
  /// Hierarchy ID GUID 4 at +0x18.
  public let guid4: UInt32
  /// Hierarchy ID GUID 5 at +0x1c.
  public let guid5: UInt32

  /// Decodes the registers, 32 bytes.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let status = space.doubleWord(at: offset + 4),
      let data = space.doubleWord(at: offset + 8),
      let guid1 = space.doubleWord(at: offset + 0xc),
      let guid2 = space.doubleWord(at: offset + 0x10),
      let guid3 = space.doubleWord(at: offset + 0x14),
      let guid4 = space.doubleWord(at: offset + 0x18),
      let guid5 = space.doubleWord(at: offset + 0x1c)
    else { return nil }
    self.status = status
    self.data = data
    self.guid1 = guid1
    self.guid2 = guid2
    self.guid3 = guid3
    self.guid4 = guid4
    self.guid5 = guid5
  }

  /// Message Requester ID.
  public var messageRequesterID: UInt32 { status[bits: 0...15] }
  /// Hierarchy ID Valid.
  public var isValid: Bool { status[bit: 28] }
  /// Hierarchy ID Writeable.
  public var isWriteable: Bool { status[bit: 29] }

  /// System GUID Authority ID.
  public var systemGUIDAuthorityID: UInt32 { data[bits: 0...7] }
  /// Hierarchy ID.
  public var hierarchyID: UInt32 { data[bits: 16...31] }

  /// Every field, in register order.
  public var fields: [Field] {
    Self.tables.fields([
      UInt64(status), UInt64(data), UInt64(guid1), UInt64(guid2), UInt64(guid3), UInt64(guid4),
      UInt64(guid5),
    ])
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { Self.tables.names }

  private static var tables: [RegisterTable] {
    [
      RegisterTable(
        "status",
        [
          .hexadecimal(0...15, "messageRequesterID", digits: 4),
          .flag(28, "valid"),
          .flag(29, "writeable"),
        ]),
      RegisterTable(
        "data",
        [
          .number(0...7, "systemGUIDAuthorityID"),
          .hexadecimal(16...31, "hierarchyID", digits: 4),
        ]),
      .hexadecimal("guid1", digits: 8),
      .hexadecimal("guid2", digits: 8),
      .hexadecimal("guid3", digits: 8),
      .hexadecimal("guid4", digits: 8),
      .hexadecimal("guid5", digits: 8),
    ]
  }
}
