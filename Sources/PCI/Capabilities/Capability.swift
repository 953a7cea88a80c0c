// SPDX-License-Identifier: Apache-2.0

/// One capability of a function, with its registers decoded where they are known.
///
/// `capability[PCIExpress.self]` is the typed one; ``fields`` is what every
/// capability has. Registers are read when they are asked for.
public struct Capability: Hashable, Sendable {
  /// Which capability it is, where, and its version.
  public let entry: CapabilityEntry
  /// Its registers.
  public let registers: RegisterBytes
  /// Where the next capability starts, or the space ends.
  let end: Int

  /// Takes the capability that a list entry points to.
  ///
  /// `end` is where the next capability starts, if there is one.
  public init(_ entry: CapabilityEntry, in space: ConfigurationSpace, end: Int? = nil) {
    self.entry = entry
    // A standard capability ends with conventional space, even where the bytes go on.
    let limit =
      if case .standard = entry.id { ConfigurationSpace.conventionalSize } else { space.count }
    registers = RegisterBytes(space, at: entry.offset, limit: limit)
    self.end = min(end ?? registers.limit, registers.limit)
  }

  /// The registers, where it is this capability and all that it must have were read.
  @inlinable
  public subscript<Type: DecodedCapability>(_ type: Type.Type) -> Type? {
    guard entry.id == Type.id || entry.id == Type.alias?.id, Type.applies(to: registers),
      Type.isComplete(registers)
    else { return nil }
    return Type(registers)
  }

  private var decoder: CapabilityDecoder? { CapabilityCatalogue.decoder(of: registers, entry.id) }

  /// The short name that starts its dotted field names: `pcie`.
  public var shortName: String { entry.id.shortName }
  /// The specification's name.
  public var title: String { entry.id.title }
  /// Every field, in register order; the bytes where nothing was decoded.
  public var fields: [Field] { decoder?.fields(registers) ?? [Field("bytes", bytes: bytes)] }
  /// Whether its layout is known, and all registers that it must have were read.
  public var isDecoded: Bool { decoder.map { $0.isDecoded && $0.isComplete(registers) } ?? false }
  /// Whether too few bytes were read to decode it, or it claims more than there is.
  public var isTruncated: Bool { decoder.map { !$0.isComplete(registers) } ?? false }

  /// Its bytes from the header on, before the next capability or where what was read ends.
  public var bytes: [UInt8] { registers.bytes(0..<max(end - entry.offset, 0)) }

  /// Whether two are the same capability in the same place, and say the same.
  public static func == (left: Self, right: Self) -> Bool {
    left.entry == right.entry && left.fields == right.fields
  }

  /// Feeds what it is and says to a hasher.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(entry)
    hasher.combine(fields)
  }
}

extension ConfigurationSpace {
  /// Every capability, in list order.
  public var capabilities: [Capability] {
    let entries = capabilityList.entries
    return entries.map { entry in
      var end: Int?
      for other in entries where other.offset > entry.offset {
        end = min(end ?? other.offset, other.offset)
      }
      return Capability(entry, in: self, end: end)
    }
  }

  /// The first capability of a type: `space[PCIExpress.self]`; `nil` where there is none.
  @inlinable
  public subscript<Type: DecodedCapability>(_ type: Type.Type) -> Type? {
    for entry in capabilityList.entries {
      if let capability = Capability(entry, in: self)[type] { return capability }
    }
    return nil
  }

  /// Every capability of a type, in list order, such as each ``VendorSpecific`` one.
  @inlinable
  public func all<Type: DecodedCapability>(_ type: Type.Type) -> [Type] {
    capabilityList.entries.compactMap { Capability($0, in: self)[type] }
  }

  /// The offset of the first capability with an id, without decoding the rest.
  public func offset(of id: CapabilityID) -> Int? {
    capabilityList.entries.first { $0.id == id }?.offset
  }
}
