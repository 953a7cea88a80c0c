// SPDX-License-Identifier: Apache-2.0

/// The ARI capability, extended id 0x000e.
///
/// PCI Express Base 6.0, section 7.8.8.
public struct AlternativeRoutingID: DecodedCapability {
  /// The start of its dotted field names, `ari`.
  public static var shortName: String { "ari" }
  /// The specification's name.
  public static var title: String { "Alternative Routing-ID Interpretation" }

  /// The capability register at +4.
  public let capability: UInt16
  /// The control register at +6.
  public let control: UInt16

  /// Decodes the registers, 8 bytes.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let capability = space.word(at: offset + 4), let control = space.word(at: offset + 6)
    else { return nil }
    self.capability = capability
    self.control = control
  }

  /// The number of the next function of the device, or 0 at the last.
  public var nextFunction: UInt8 { UInt8(capability[bits: 8...15]) }

  private static var tables: [RegisterTable] {
    [
      RegisterTable(
        "capability",
        [
          .flag(0, "mfvcFunctionGroups"),
          .flag(1, "acsFunctionGroups"),
          .number(8...15, "nextFunction"),
        ]),
      RegisterTable(
        "control",
        [
          .flag(0, "mfvcFunctionGroups"),
          .flag(1, "acsFunctionGroups"),
          .number(4...6, "functionGroup"),
        ]),
    ]
  }

  /// Every field, in register order.
  public var fields: [Field] { Self.tables.fields([UInt64(capability), UInt64(control)]) }

  /// The names of all fields there can be.
  public static var fieldNames: [String] { tables.names }
}
