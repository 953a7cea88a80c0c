// SPDX-License-Identifier: Apache-2.0

/// The Multi-Function Virtual Channel capability, extended id 0x0008.
///
/// PCI Express Base 6.0, section 7.9.2. ``VirtualChannelPort`` has its fields.
public struct MultiFunctionVirtualChannel: DecodedCapability {
  /// Its id and names, and the bytes that it takes at least.
  public static let kind = CapabilityKind(
    extended: 0x0008, "mfvc", "Multi-Function Virtual Channel", size: 28)
  /// Its registers.
  public let registers: RegisterBytes
  /// Takes the registers.
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

  /// Every field, in register order.
  public var fields: [Field] { port.fields }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { VirtualChannelPort.fieldNames }
}
