// SPDX-License-Identifier: Apache-2.0

/// The Root Complex Link Declaration capability, extended id 0x0005.
///
/// PCI Express Base 6.0, section 7.9.8.
public struct RootComplexLinkDeclaration: DecodedCapability {
  public static let kind = CapabilityKind(
    extended: 0x0005, "rclink", "Root Complex Link Declaration", size: 8)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  /// Element Self Description.
  public enum SelfDescription: RegisterFields {
    static let itself = Register(4, 4, "selfDescription")
    public static let elementType = names(
      0...3, "elementType",
      ["configuration space element", "system egress port", "internal root complex link"])
    public static let linkEntries = number(8...15, "linkEntries")
    public static let componentID = number(16...23, "componentID")
    public static let portNumber = number(24...31, "portNumber")
    static let fields = [elementType, linkEntries, componentID, portNumber]
  }

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

  public var fields: [Field] { Self.layout.fields(registers) + links.fields("links") }

  public static var fieldNames: [String] { layout.names + [RootComplexLink].fieldNames("links") }
}
