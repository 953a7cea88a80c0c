// SPDX-License-Identifier: Apache-2.0

/// The USB debug port capability of an EHCI controller, id 0x0a.
///
/// Enhanced Host Controller Interface for USB 1.0, appendix C.
public struct DebugPort: DecodedCapability {
  /// The start of its dotted field names, `debug`.
  public static var shortName: String { "debug" }
  /// The specification's name.
  public static var title: String { "Debug Port" }

  /// Debug Port Offset and BAR at +2.
  public let location: UInt16

  /// Decodes the registers, 4 bytes.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let location = space.word(at: offset + 2)
    else { return nil }
    self.location = location
  }

  /// Offset of the debug registers in the window, in bytes.
  public var offset: UInt16 { location[bits: 0...12] }
  /// Number of the base address register, 1 for the one at 0x10.
  public var bar: UInt16 { location[bits: 13...15] }

  /// Every field, in register order.
  public var fields: [Field] {
    Self.tables.fields([UInt64(location)])
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { Self.tables.names }

  private static var tables: [RegisterTable] {
    [
      RegisterTable(
        "location",
        [
          .hexadecimal(0...12, "offset", digits: 4),
          .number(13...15, "bar"),
        ])
    ]
  }
}
