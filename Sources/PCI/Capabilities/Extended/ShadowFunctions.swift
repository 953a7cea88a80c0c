// SPDX-License-Identifier: Apache-2.0

/// The Shadow Functions capability, extended id 0x002d.
///
/// PCI Express Base 6.2, section 7.9.25. A shadow function is a function number
/// without a function, whose Requester ID the function with this capability uses
/// beside its own.
public struct ShadowFunctions: DecodedCapability {
  /// The start of its dotted field names, `shadow`.
  public static var shortName: String { "shadow" }
  /// The specification's name.
  public static var title: String { "Shadow Functions" }

  /// Shadow Functions Capability at +4.
  public let capability: UInt32
  /// Shadow Functions Control at +8.
  public let control: UInt32
  /// Shadow Functions Instance register entries, from +0xc, 1 to 256.
  public let instances: [UInt32]

  /// Decodes the registers, 12 bytes and 4 for each shadow function.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let capability = space.doubleWord(at: offset + 4),
      let control = space.doubleWord(at: offset + 8),
      let instances = space.doubleWords(
        at: offset + 0xc, count: Int(capability[bits: 0...7]) + 1)
    else { return nil }
    self.capability = capability
    self.control = control
    self.instances = instances
  }

  /// Number of Shadow Functions, 1 to 256; the field holds one less.
  public var count: UInt32 { capability[bits: 0...7] + 1 }
  /// Shadow Functions Enable.
  public var isEnabled: Bool { control[bit: 0] }
  /// Shadow Function Number of each: what is added to the Requester ID, in 16 bits.
  public var functionNumbers: [UInt16] {
    instances.map { UInt16(truncatingIfNeeded: $0) }
  }

  /// Every field, in register order.
  public var fields: [Field] {
    var fields = Self.tables.fields([UInt64(capability), UInt64(control)])
    for (index, value) in instances.enumerated() {
      fields += Self.instanceTable.fields(UInt64(value), prefix: "instances.\(index).")
    }
    return fields
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] {
    tables.names + [instanceTable].names(under: "instances.N")
  }

  private static var instanceTable: RegisterTable {
    RegisterTable(
      "",
      [
        .hexadecimal(0...31, "register", digits: 8),
        .hexadecimal(0...15, "functionNumber", digits: 4),
      ])
  }

  private static var tables: [RegisterTable] {
    [
      RegisterTable(
        "capability",
        [.hexadecimal(0...31, "register", digits: 8), .number(0...7, "count", adding: 1)]),
      RegisterTable(
        "control", [.hexadecimal(0...31, "register", digits: 8), .flag(0, "enable")]),
    ]
  }
}
