// SPDX-License-Identifier: Apache-2.0

/// A capability whose registers this library can decode.
///
/// One conforming type a file, and one line in `CapabilityCatalogue`: the type
/// says which capability it is and declares each field of its registers once.
public protocol DecodedCapability: RegisterBlock {
  /// Which capability it is, what it is called, and how many bytes it takes at least.
  static var kind: CapabilityKind { get }
  /// A second id under which the same registers are found; `nil` for most.
  static var alias: CapabilityKind? { get }
  /// Takes registers of which ``isComplete(_:)`` holds.
  init(_ registers: RegisterBytes)
  /// Whether the registers have this layout, where two share one id.
  static func applies(to registers: RegisterBytes) -> Bool
  /// Whether all registers that it must have were read.
  static func isComplete(_ registers: RegisterBytes) -> Bool
}

extension DecodedCapability {
  /// The id.
  @inlinable public static var id: CapabilityID { kind.id }
  /// The short name that starts dotted field names: `pcie`, `msi`.
  public static var shortName: String { kind.shortName }
  /// The specification's name.
  public static var title: String { kind.title }
  /// None, unless the capability says otherwise.
  public static var alias: CapabilityKind? { nil }
  /// Always, unless the capability says otherwise.
  public static func applies(to registers: RegisterBytes) -> Bool { true }
  /// By the size, and by what the arrays of the layout take.
  public static func isComplete(_ registers: RegisterBytes) -> Bool {
    registers.holds(kind.size) && layout.holdsArrays(registers)
  }

  /// Decodes the registers at `offset`, or `nil` where too few bytes were read.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    let registers = RegisterBytes(space, at: offset)
    guard Self.isComplete(registers) else { return nil }
    self.init(registers)
  }
}
