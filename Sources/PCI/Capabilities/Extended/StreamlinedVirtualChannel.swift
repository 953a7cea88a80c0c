// SPDX-License-Identifier: Apache-2.0

/// The Streamlined Virtual Channel capability, extended id 0x0035.
///
/// PCI Express Base 6.4, section 7.9.29. It stands in for Virtual Channel on
/// ports that carry unordered I/O (UIO).
public struct StreamlinedVirtualChannel: DecodedCapability {
  /// The start of its dotted field names, `svc`.
  public static var shortName: String { "svc" }
  /// The specification's name.
  public static var title: String { "Streamlined Virtual Channel" }

  /// SVC Port Capability 1 at +4.
  public let capability1: UInt32
  /// SVC Port Capability 2 at +8, without a field so far.
  public let capability2: UInt32
  /// SVC Port Control at +0xc.
  public let control: UInt32
  /// SVC Port Status at +0x10.
  public let status: UInt32
  /// The channels, channel 0 first.
  public let resources: [StreamlinedVirtualChannelResource]

  /// Decodes the registers: 32 bytes, and 12 for each further channel.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let capability1 = space.doubleWord(at: offset + 4),
      let capability2 = space.doubleWord(at: offset + 8),
      let control = space.doubleWord(at: offset + 0xc),
      let status = space.doubleWord(at: offset + 0x10)
    else { return nil }
    self.capability1 = capability1
    self.capability2 = capability2
    self.control = control
    self.status = status
    var resources: [StreamlinedVirtualChannelResource] = []
    for index in 0...Int(capability1[bits: 0...2]) {
      guard
        let resource = StreamlinedVirtualChannelResource(space, at: offset + 0x14 + 12 * index)
      else { return nil }
      resources.append(resource)
    }
    self.resources = resources
  }

  /// SVC Extended VC Count: the channels besides channel 0.
  public var extendedChannelCount: UInt32 { capability1[bits: 0...2] }
  /// VC Enablement Completed.
  public var isEnablementCompleted: Bool { control[bit: 0] }
  /// Use VC/MFVC: whether the older capabilities control the link's channels still.
  public var usesVirtualChannel: Bool { status[bit: 0] }

  /// Every field, in register order.
  public var fields: [Field] {
    var fields = Self.tables.fields([
      UInt64(capability1), UInt64(capability2), UInt64(control), UInt64(status),
    ])
    for (index, resource) in resources.enumerated() {
      fields += resource.fields(prefix: "resources.\(index).")
    }
    return fields
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] {
    tables.names + StreamlinedVirtualChannelResource.fieldNames.map { "resources.N." + $0 }
  }

  private static var tables: [RegisterTable] {
    [
      RegisterTable("capability1", [.number(0...2, "extendedCount")]),
      .hexadecimal("capability2", digits: 8),
      RegisterTable("control", [.flag(0, "enablementCompleted")]),
      RegisterTable("status", [.flag(0, "useVirtualChannel")]),
    ]
  }
}
