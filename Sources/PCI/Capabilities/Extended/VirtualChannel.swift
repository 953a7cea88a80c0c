// SPDX-License-Identifier: Apache-2.0

/// The Virtual Channel capability, extended ids 0x0002 and 0x0009.
///
/// PCI Express Base 6.0, section 7.9.1. ``VirtualChannelPort`` has its fields.
public struct VirtualChannel: DecodedCapability {
  public static let kind = CapabilityKind(extended: 0x0002, "vc", "Virtual Channel", size: 28)
  /// The same registers, where a Multi-Function Virtual Channel is present.
  public static let alias: CapabilityKind? = CapabilityKind(
    extended: 0x0009, "vc9", "Virtual Channel", size: kind.size)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  /// The fields of the port's registers.
  public static let layout = VirtualChannelPort.layout

  /// The registers and the channels.
  public var port: VirtualChannelPort { VirtualChannelPort(registers: registers) }
  /// The channels; channel 0 always exists.
  public var resources: [VirtualChannelResource] { port.resources }

  /// Whether the registers of all channels were read.
  public static func isComplete(_ registers: RegisterBytes) -> Bool {
    VirtualChannelPort.isComplete(registers)
  }

  public var fields: [Field] { port.fields }

  public static var fieldNames: [String] { VirtualChannelPort.fieldNames }
}
