// SPDX-License-Identifier: Apache-2.0

/// The Multi-Function Virtual Channel capability, extended id 0x0008.
///
/// PCI Express Base 6.0, section 7.9.2. ``VirtualChannelPort`` has its fields.
public struct MultiFunctionVirtualChannel: DecodedCapability {
  public static let kind = CapabilityKind(
    extended: 0x0008, "mfvc", "Multi-Function Virtual Channel", size: 28)
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
