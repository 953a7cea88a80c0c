// SPDX-License-Identifier: Apache-2.0

/// The Virtual Channel capability, extended ids 0x0002 and 0x0009.
///
/// PCI Express Base 6.0, section 7.9.1.
public struct VirtualChannel: DecodedCapability {
  /// The start of its dotted field names, `vc`.
  public static var shortName: String { "vc" }
  /// The specification's name.
  public static var title: String { "Virtual Channel" }

  /// The registers, which the multi-function capability shares.
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
