// SPDX-License-Identifier: Apache-2.0

/// A HyperTransport capability, id 0x08: one of several blocks.
///
/// HyperTransport I/O Link 3.10, chapter 7. A function has one capability
/// for each block it implements.
public struct HyperTransport: DecodedCapability {
  /// The start of its dotted field names, `ht`.
  public static var shortName: String { "ht" }
  /// The specification's name.
  public static var title: String { "HyperTransport" }

  /// The registers of a block, by its type.
  public enum Block: Hashable, Sendable {
    /// Slave or primary interface.
    case slave(HyperTransportSlave)
    /// Host or secondary interface.
    case host(HyperTransportHost)
    /// Switch.
    case `switch`(HyperTransportSwitch)
    /// Interrupt discovery and configuration.
    case interruptDiscovery(HyperTransportInterruptDiscovery)
    /// Revision id.
    case revisionID(HyperTransportRevisionID)
    /// UnitID clumping.
    case unitIDClumping(HyperTransportUnitIDClumping)
    /// Extended configuration space access.
    case extendedConfiguration(HyperTransportExtendedConfiguration)
    /// Address mapping.
    case addressMapping(HyperTransportAddressMapping)
    /// MSI mapping.
    case msiMapping(HyperTransportMSIMapping)
    /// DirectRoute.
    case directRoute(HyperTransportDirectRoute)
    /// VCSet.
    case vcSet(HyperTransportVCSet)
    /// Error retry.
    case retryMode(HyperTransportRetryMode)
    /// A type without a layout here.
    case other
  }

  /// Command at +2; its upper bits are the type.
  public let command: UInt16
  /// The registers of the block.
  public let block: Block

  /// Decodes the registers, 4 bytes or more by the type.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let command = space.word(at: offset + 2),
      let block = Block(type: Self.type(command), space, at: offset)
    else { return nil }
    self.command = command
    self.block = block
  }

  /// The capability type, bits 15:11 of the command; the interfaces use three bits only.
  public var type: UInt8 { Self.type(command) }

  private static func type(_ command: UInt16) -> UInt8 {
    let type = UInt8(command[bits: 11...15])
    return type < 8 ? type & 0b11100 : type
  }

  /// What the specification calls the type.
  public var typeName: String {
    switch type {
    case 0b00000: "slave or primary interface"
    case 0b00100: "host or secondary interface"
    case 0b01000: "switch"
    case 0b10000: "interrupt discovery and configuration"
    case 0b10001: "revision id"
    case 0b10010: "UnitID clumping"
    case 0b10011: "extended configuration space access"
    case 0b10100: "address mapping"
    case 0b10101: "MSI mapping"
    case 0b10110: "DirectRoute"
    case 0b10111: "VCSet"
    case 0b11000: "retry mode"
    case 0b11001: "x86 encoding"
    case 0b11010: "Gen3"
    case 0b11011: "function-level extension"
    case 0b11100: "power management"
    case 0b11101: "high node count"
    default: "reserved (\(type))"
    }
  }

  /// Every field, the type first.
  public var fields: [Field] {
    [Field("type", raw: UInt64(type), .text(typeName))] + block.fields
  }

  /// The names of all fields there can be, of all types.
  public static var fieldNames: [String] {
    var names = ["type"]
    let all = [
      HyperTransportSlave.fieldNames, HyperTransportHost.fieldNames,
      HyperTransportSwitch.fieldNames, HyperTransportInterruptDiscovery.fieldNames,
      HyperTransportRevisionID.fieldNames, HyperTransportUnitIDClumping.fieldNames,
      HyperTransportExtendedConfiguration.fieldNames, HyperTransportAddressMapping.fieldNames,
      HyperTransportMSIMapping.fieldNames, HyperTransportDirectRoute.fieldNames,
      HyperTransportVCSet.fieldNames, HyperTransportRetryMode.fieldNames,
    ]
    for list in all {
      for name in list where !names.contains(name) { names.append(name) }
    }
    return names
  }
}

extension HyperTransport.Block {
  init?(type: UInt8, _ space: ConfigurationSpace, at offset: Int) {
    let block: Self? =
      switch type {
      case 0b00000: HyperTransportSlave(space, at: offset).map { .slave($0) }
      case 0b00100: HyperTransportHost(space, at: offset).map { .host($0) }
      case 0b01000: HyperTransportSwitch(space, at: offset).map { .switch($0) }
      case 0b10000:
        HyperTransportInterruptDiscovery(space, at: offset).map { .interruptDiscovery($0) }
      case 0b10001: HyperTransportRevisionID(space, at: offset).map { .revisionID($0) }
      case 0b10010: HyperTransportUnitIDClumping(space, at: offset).map { .unitIDClumping($0) }
      case 0b10011:
        HyperTransportExtendedConfiguration(space, at: offset).map { .extendedConfiguration($0) }
      case 0b10100: HyperTransportAddressMapping(space, at: offset).map { .addressMapping($0) }
      case 0b10101: HyperTransportMSIMapping(space, at: offset).map { .msiMapping($0) }
      case 0b10110: HyperTransportDirectRoute(space, at: offset).map { .directRoute($0) }
      case 0b10111: HyperTransportVCSet(space, at: offset).map { .vcSet($0) }
      case 0b11000: HyperTransportRetryMode(space, at: offset).map { .retryMode($0) }
      default: .other
      }
    guard let block else { return nil }
    self = block
  }

  /// The fields of the block.
  var fields: [Field] {
    switch self {
    case .slave(let block): block.fields
    case .host(let block): block.fields
    case .switch(let block): block.fields
    case .interruptDiscovery(let block): block.fields
    case .revisionID(let block): block.fields
    case .unitIDClumping(let block): block.fields
    case .extendedConfiguration(let block): block.fields
    case .addressMapping(let block): block.fields
    case .msiMapping(let block): block.fields
    case .directRoute(let block): block.fields
    case .vcSet(let block): block.fields
    case .retryMode(let block): block.fields
    case .other: []
    }
  }
}
