// SPDX-License-Identifier: Apache-2.0

/// The FRS Queueing capability, extended id 0x0021.
///
/// PCI Express Base 6.0, section 7.8.10.
public struct FunctionReadinessQueueing: DecodedCapability {
  /// The start of its dotted field names, `frs`.
  public static var shortName: String { "frs" }
  /// The specification's name.
  public static var title: String { "FRS Queueing" }

  /// FRS Queueing Capability at +4.
  public let capability: UInt32
  /// FRS Queueing Status at +8.
  public let status: UInt16
  /// FRS Queueing Control at +0xa.
  public let control: UInt16
  /// FRS Message Queue at +0xc.
  public let messageQueue: UInt32

  /// Decodes the registers, 16 bytes.
  public init?(_ space: ConfigurationSpace, at offset: Int) {
    guard let capability = space.doubleWord(at: offset + 4),
      let status = space.word(at: offset + 8),
      let control = space.word(at: offset + 0xa),
      let messageQueue = space.doubleWord(at: offset + 0xc)
    else { return nil }
    self.capability = capability
    self.status = status
    self.control = control
    self.messageQueue = messageQueue
  }

  /// FRS Queue Max Depth.
  public var queueMaxDepth: UInt32 { capability[bits: 0...11] }
  /// FRS Interrupt Message Number.
  public var interruptMessageNumber: UInt32 { capability[bits: 16...20] }

  /// FRS Message Received.
  public var wasMessageReceived: Bool { status[bit: 0] }
  /// FRS Message Overflow.
  public var hasMessageOverflow: Bool { status[bit: 1] }

  /// FRS Interrupt Enable.
  public var isInterruptEnabled: Bool { control[bit: 0] }

  /// FRS Message Queue Function ID.
  public var functionID: UInt32 { messageQueue[bits: 0...15] }
  /// FRS Message Queue Reason.
  public var reason: UInt32 { messageQueue[bits: 16...19] }
  /// FRS Message Queue Depth.
  public var depth: UInt32 { messageQueue[bits: 20...31] }

  /// Every field, in register order.
  public var fields: [Field] {
    Self.tables.fields([UInt64(capability), UInt64(status), UInt64(control), UInt64(messageQueue)])
  }

  /// The names of all fields there can be; `N` stands for an index.
  public static var fieldNames: [String] { Self.tables.names }

  private static var tables: [RegisterTable] {
    [
      RegisterTable(
        "capability",
        [
          .number(0...11, "queueMaxDepth"),
          .number(16...20, "interruptMessageNumber"),
        ]),
      RegisterTable(
        "status",
        [
          .flag(0, "messageReceived"),
          .flag(1, "messageOverflow"),
        ]),
      RegisterTable(
        "control",
        [
          .flag(0, "interruptEnable")
        ]),
      RegisterTable(
        "messageQueue",
        [
          .hexadecimal(0...15, "functionID", digits: 4),
          .number(16...19, "reason"),
          .number(20...31, "depth"),
        ]),
    ]
  }
}
