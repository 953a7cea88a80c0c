// SPDX-License-Identifier: Apache-2.0

/// One channel of a Streamlined Virtual Channel capability.
///
/// PCI Express Base 6.4, sections 7.9.29.6 to 7.9.29.8.
public struct StreamlinedVirtualChannelResource: Hashable, Sendable {
  /// SVC Resource Capability.
  public let capability: UInt32
  /// SVC Resource Control.
  public let control: UInt32
  /// SVC Resource Status.
  public let status: UInt32

  init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let capability = space.doubleWord(at: offset),
      let control = space.doubleWord(at: offset + 4), let status = space.doubleWord(at: offset + 8)
    else { return nil }
    self.capability = capability
    self.control = control
    self.status = status
  }

  /// The protocols that the channel can carry: 0 as channel 0, 2 UIO alone, 3 UIO or others.
  public var supportedProtocols: UInt32 { capability[bits: 8...11] }
  /// VC ID.
  public var id: UInt32 { capability[bits: 12...14] }
  /// TC/VC Map: bit n is traffic class n.
  public var trafficClassMap: UInt8 { UInt8(control[bits: 0...7]) }
  /// The protocol selected, as a code of ``supportedProtocols``.
  public var selectedProtocol: UInt32 { control[bits: 8...11] }
  /// Shared Flow Control Usage Limit.
  public var sharedFlowControlLimit: UInt32 { control[bits: 27...29] }
  /// Shared Flow Control Usage Limit Enable.
  public var isSharedFlowControlLimited: Bool { control[bit: 30] }
  /// VC Enable.
  public var isEnabled: Bool { control[bit: 31] }
  /// VC Negotiation Pending.
  public var isNegotiationPending: Bool { status[bit: 1] }

  private static let protocols = ["as channel 0", "reserved", "UIO", "UIO or as channel 0"]

  private static var tables: [RegisterTable] {
    [
      RegisterTable(
        "capability", [.names(8...11, "protocols", protocols), .number(12...14, "id")]),
      RegisterTable(
        "control",
        [
          .hexadecimal(0...7, "trafficClassMap", digits: 2),
          .names(8...11, "protocol", protocols),
          .number(27...29, "sharedFlowControlLimit"),
          .flag(30, "sharedFlowControlLimitEnable"),
          .flag(31, "enable"),
        ]),
      RegisterTable("status", [.flag(1, "negotiationPending")]),
    ]
  }

  /// The fields under a prefix.
  func fields(prefix: String) -> [Field] {
    Self.tables.fields([UInt64(capability), UInt64(control), UInt64(status)], prefix: prefix)
  }

  static var fieldNames: [String] { tables.names }
}
