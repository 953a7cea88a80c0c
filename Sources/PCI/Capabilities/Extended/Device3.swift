// SPDX-License-Identifier: Apache-2.0

/// The Device 3 capability, extended id 0x002f.
///
/// PCI Express Base 6.0, section 7.7.9.
public struct Device3: DecodedCapability {
  /// The start of its dotted field names, `dev3`.
  public static var shortName: String { "dev3" }
  /// The specification's name.
  public static var title: String { "Device 3" }

  /// Device Capabilities 3 at +4.
  public let capabilities: UInt32
  /// Device Control 3 at +8.
  public let control: UInt32
  /// Device Status 3 at +0xc.
  public let status: UInt32

  /// Decodes the registers, 16 bytes.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let capabilities = space.doubleWord(at: offset + 4),
      let control = space.doubleWord(at: offset + 8),
      let status = space.doubleWord(at: offset + 0xc)
    else { return nil }
    self.capabilities = capabilities
    self.control = control
    self.status = status
  }

  /// DMWr Request Routing Supported.
  public var supportsDeferrableMemoryWriteRouting: Bool { capabilities[bit: 0] }
  /// 14-Bit Tag Completer Supported.
  public var supportsTag14BitCompleter: Bool { capabilities[bit: 1] }
  /// 14-Bit Tag Requester Supported.
  public var supportsTag14BitRequester: Bool { capabilities[bit: 2] }
  /// Receiver L0p Supported.
  public var supportsReceiverL0p: Bool { capabilities[bit: 3] }
  /// Port L0p Exit Latency, as a code.
  public var portL0pExitLatency: UInt32 { capabilities[bits: 4...6] }
  /// Retimer L0p Exit Latency, as a code.
  public var retimerL0pExitLatency: UInt32 { capabilities[bits: 7...9] }

  /// DMWr Requester Enable.
  public var isDeferrableMemoryWriteRequesterEnabled: Bool { control[bit: 0] }
  /// DMWr Egress Blocking.
  public var blocksDeferrableMemoryWriteEgress: Bool { control[bit: 1] }
  /// 14-Bit Tag Requester Enable.
  public var isTag14BitRequesterEnabled: Bool { control[bit: 2] }
  /// L0p Enable.
  public var isL0pEnabled: Bool { control[bit: 3] }
  /// Target Link Width, as a code.
  public var targetLinkWidth: UInt32 { control[bits: 4...6] }

  /// Initial Link Width, as a code.
  public var initialLinkWidth: UInt32 { status[bits: 0...2] }
  /// Segment Captured.
  public var isSegmentCaptured: Bool { status[bit: 3] }
  /// Remote L0p Supported.
  public var supportsRemoteL0p: Bool { status[bit: 4] }

  /// Every field, in register order.
  public var fields: [Field] {
    Self.tables.fields([UInt64(capabilities), UInt64(control), UInt64(status)])
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { Self.tables.names }

  private static var tables: [RegisterTable] {
    [
      RegisterTable(
        "capabilities",
        [
          .flag(0, "deferrableMemoryWriteRoutingSupported"),
          .flag(1, "tag14BitCompleterSupported"),
          .flag(2, "tag14BitRequesterSupported"),
          .flag(3, "receiverL0pSupported"),
          .computed(4...6, "portL0pExitLatency") { FieldMeaning.l0pExitLatency($0) },
          .computed(7...9, "retimerL0pExitLatency") { FieldMeaning.l0pExitLatency($0) },
        ]),
      RegisterTable(
        "control",
        [
          .flag(0, "deferrableMemoryWriteRequesterEnable"),
          .flag(1, "deferrableMemoryWriteEgressBlocking"),
          .flag(2, "tag14BitRequesterEnable"),
          .flag(3, "l0pEnable"),
          .names(
            4...6, "targetLinkWidth",
            ["x1", "x2", "x4", "x8", "x16", "reserved", "reserved", "dynamic"]),
        ]),
      RegisterTable(
        "status",
        [
          .names(0...2, "initialLinkWidth", ["x1", "x2", "x4", "x8", "x16"]),
          .flag(3, "segmentCaptured"),
          .flag(4, "remoteL0pSupported"),
        ]),
    ]
  }
}
