// SPDX-License-Identifier: Apache-2.0

/// The Shadow Functions capability, extended id 0x002d.
///
/// PCI Express Base 6.0, section 7.9.25. The registers are kept whole, and the
/// instance entries after them are not read: no source in reach of this project
/// has their fields (sections 7.9.25.2 to 7.9.25.4 would say).
public struct ShadowFunctions: DecodedCapability {
  /// The start of its dotted field names, `shadow`.
  public static var shortName: String { "shadow" }
  /// The specification's name.
  public static var title: String { "Shadow Functions" }

  /// Shadow Functions Capability at +4.
  public let capability: UInt32
  /// Shadow Functions Control at +8.
  public let control: UInt32

  /// Decodes the registers, 12 bytes.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let capability = space.doubleWord(at: offset + 4),
      let control = space.doubleWord(at: offset + 8)
    else { return nil }
    self.capability = capability
    self.control = control
  }

  /// Every field, in register order.
  public var fields: [Field] {
    Self.tables.fields([UInt64(capability), UInt64(control)])
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { Self.tables.names }

  private static var tables: [RegisterTable] {
    [
      RegisterTable(
        "capability",
        [
          .hexadecimal(0...31, "", digits: 8)
        ]),
      RegisterTable(
        "control",
        [
          .hexadecimal(0...31, "", digits: 8)
        ]),
    ]
  }
}
