// SPDX-License-Identifier: Apache-2.0

/// The Root Complex Link Declaration capability, extended id 0x0005.
///
/// PCI Express Base 6.0, section 7.9.8.
public struct RootComplexLinkDeclaration: DecodedCapability {
  /// The start of its dotted field names, `rclink`.
  public static var shortName: String { "rclink" }
  /// The specification's name.
  public static var title: String { "Root Complex Link Declaration" }

  /// Element Self Description at +4.
  public let selfDescription: UInt32
  /// The links to other elements, from +0x10.
  public let links: [RootComplexLink]

  /// Decodes the registers: 16 bytes, and 16 for each link.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let description = space.doubleWord(at: offset + 4) else { return nil }
    selfDescription = description
    var links: [RootComplexLink] = []
    for index in 0..<Int(description[bits: 8...15]) {
      guard let entry = space.doubleWord(at: offset + 16 + 16 * index),
        let address = space.quadWord(at: offset + 24 + 16 * index)
      else { return nil }
      links.append(RootComplexLink(description: entry, address: address))
    }
    self.links = links
  }

  /// Component ID.
  public var componentID: UInt32 { selfDescription[bits: 16...23] }
  /// Port Number.
  public var portNumber: UInt32 { selfDescription[bits: 24...31] }

  private static var table: RegisterTable {
    RegisterTable(
      "selfDescription",
      [
        .names(
          0...3, "elementType",
          ["configuration space element", "system egress port", "internal root complex link"]),
        .number(8...15, "linkEntries"),
        .number(16...23, "componentID"),
        .number(24...31, "portNumber"),
      ])
  }

  /// Every field, in register order.
  public var fields: [Field] {
    var fields = Self.table.fields(UInt64(selfDescription))
    for (index, link) in links.enumerated() {
      fields += link.fields(prefix: "links.\(index).")
    }
    return fields
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] {
    table.names + RootComplexLink.fieldNames.map { "links.N." + $0 }
  }
}
