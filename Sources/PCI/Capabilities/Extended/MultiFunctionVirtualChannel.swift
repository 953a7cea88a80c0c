// SPDX-License-Identifier: Apache-2.0

/// The Multi-Function Virtual Channel capability, extended id 0x0008.
///
/// PCI Express Base 6.0, section 7.9.2.
public struct MultiFunctionVirtualChannel: DecodedCapability {
  /// The start of its dotted field names, `mfvc`.
  public static var shortName: String { "mfvc" }
  /// The specification's name.
  public static var title: String { "Multi-Function Virtual Channel" }

  /// The registers, which the Virtual Channel capability shares.
  public let port: VirtualChannelPort

  /// Decodes the registers: 28 bytes, and 12 for each further channel.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let port = VirtualChannelPort(space, at: offset) else { return nil }
    self.port = port
  }

  /// The channels; channel 0 always exists.
  public var resources: [VirtualChannelResource] { port.resources }

  /// Every field, in register order.
  public var fields: [Field] { port.fields }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { VirtualChannelPort.fieldNames }
}
