// SPDX-License-Identifier: Apache-2.0

/// A HyperTransport capability, id 0x08: one of several blocks.
///
/// HyperTransport I/O Link 3.10, chapter 7. A function has one capability
/// for each block it implements; `capability[HyperTransportHost.self]` is the block.
public struct HyperTransport: DecodedCapability {
  public static let kind = CapabilityKind(standard: 0x08, "ht", "HyperTransport", size: 4)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  /// Every type of block; one that is not decoded has its name only.
  static let blocks: [PartDecoder] = [
    PartDecoder(HyperTransportSlave.self),
    PartDecoder(HyperTransportHost.self),
    PartDecoder(HyperTransportSwitch.self),
    PartDecoder(HyperTransportInterruptDiscovery.self),
    PartDecoder(HyperTransportRevisionID.self),
    PartDecoder(HyperTransportUnitIDClumping.self),
    PartDecoder(HyperTransportExtendedConfiguration.self),
    PartDecoder(HyperTransportAddressMapping.self),
    PartDecoder(HyperTransportMSIMapping.self),
    PartDecoder(HyperTransportDirectRoute.self),
    PartDecoder(HyperTransportVCSet.self),
    PartDecoder(HyperTransportRetryMode.self),
    PartDecoder(PartKind(0b11001, "x86 encoding")),
    PartDecoder(PartKind(0b11010, "Gen3")),
    PartDecoder(PartKind(0b11011, "function-level extension")),
    PartDecoder(PartKind(0b11100, "power management")),
    PartDecoder(PartKind(0b11101, "high node count")),
  ]

  /// The type of block, in the command; the interfaces use three bits only.
  public static let type = Register(2, 2, "type").number(11...15)

  /// None of its own: those of the block follow the type.
  public static let layout = RegisterLayout([])

  private static func type(_ code: UInt64) -> UInt16 {
    UInt16(code < 8 ? code & 0b11100 : code)
  }

  private static func name(of type: UInt16) -> String {
    blocks.part(type)?.kind.title ?? "reserved (\(type))"
  }

  private static func block(_ registers: RegisterBytes) -> PartDecoder? {
    registers[Self.type].flatMap { blocks.part(type($0)) }
  }

  /// Whether the type was read, and the registers that a block of the type has.
  public static func isComplete(_ registers: RegisterBytes) -> Bool {
    registers.holds(kind.size) && block(registers)?.isComplete(registers) ?? true
  }

  /// The type of block.
  public var type: UInt8 { UInt8(Self.type(bits(Self.type))) }

  /// What the specification calls the type.
  public var typeName: String { Self.name(of: UInt16(type)) }

  /// The registers of the block, where it is one of this type.
  public subscript<Block: CapabilityPart>(_ block: Block.Type) -> Block? {
    Block.part.number == UInt16(type) ? Block(registers) : nil
  }

  /// Every field, the type first.
  public var fields: [Field] {
    let own = Field("type", raw: UInt64(type), .text(typeName))
    return [own] + (Self.block(registers)?.fields(registers) ?? [])
  }

  /// The names of all fields there can be, of all types.
  public static var fieldNames: [String] { ["type"] + blocks.fieldNames }
}
