// SPDX-License-Identifier: Apache-2.0

/// The Resizable BAR capability, extended id 0x0015.
///
/// PCI Express Base 6.0, section 7.8.6.
public struct ResizableBAR: DecodedCapability {
  /// The start of its dotted field names, `rebar`.
  public static var shortName: String { "rebar" }
  /// The specification's name.
  public static var title: String { "Resizable BAR" }

  /// One entry for each register that can be resized, 1 to 6.
  public let entries: [ResizableBAREntry]

  /// Decodes the registers: 12 bytes, and 8 for each further entry.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let entries = ResizableBAREntry.entries(space, at: offset) else { return nil }
    self.entries = entries
  }

  /// Every field, in register order.
  public var fields: [Field] { ResizableBAREntry.fields(entries) }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { ResizableBAREntry.fieldNames }
}
