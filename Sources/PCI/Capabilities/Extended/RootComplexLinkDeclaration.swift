// SPDX-License-Identifier: Apache-2.0

/// The Root Complex Link Declaration capability, extended id 0x0005.
///
/// PCI Express Base 6.0, section 7.9.8.
public struct RootComplexLinkDeclaration: DecodedCapability {
  /// Its id and names, and the bytes that it takes at least.
  public static let kind = CapabilityKind(
    extended: 0x0005, "rclink", "Root Complex Link Declaration", size: 8)
  /// Its registers.
  public let registers: RegisterBytes
  /// Takes the registers.
  public init(_ registers: RegisterBytes) { self.registers = registers }

  /// Element Self Description.
  public enum SelfDescription: RegisterFields {
    static let itself = Register(4, 4, "selfDescription")
    /// Element type.
    public static let elementType = names(
      0...3, "elementType",
      ["configuration space element", "system egress port", "internal root complex link"])
    /// Link entries.
    public static let linkEntries = number(8...15, "linkEntries")
    /// Component ID.
    public static let componentID = number(16...23, "componentID")
    /// Port Number.
    public static let portNumber = number(24...31, "portNumber")
    static let fields = [elementType, linkEntries, componentID, portNumber]
  }

  /// The fields, in register order.
  public static let layout = RegisterLayout(SelfDescription.fields)

  /// The links to other elements.
  public var links: [RootComplexLink] {
    (0..<Self.count(registers)).map {
      RootComplexLink(registers: registers.advanced(by: 16 + 16 * $0))
    }
  }

  private static func count(_ registers: RegisterBytes) -> Int {
    Int(registers[SelfDescription.linkEntries] ?? 0)
  }

  /// Whether all links were read.
  public static func isComplete(_ registers: RegisterBytes) -> Bool {
    let count = count(registers)
    return registers.holds(count == 0 ? kind.size : 16 + 16 * count)
  }

  /// Every field, in register order.
  public var fields: [Field] {
    var fields = Self.layout.fields(registers)
    for (index, link) in links.enumerated() { fields += link.fields(prefix: "links.\(index).") }
    return fields
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] {
    layout.names + RootComplexLink.fieldNames.map { "links.N." + $0 }
  }
}
