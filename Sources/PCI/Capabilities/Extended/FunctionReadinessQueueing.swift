// SPDX-License-Identifier: Apache-2.0

/// The FRS Queueing capability, extended id 0x0021.
///
/// PCI Express Base 6.0, section 7.8.10.
public struct FunctionReadinessQueueing: DecodedCapability {
  /// Its id and names, and the bytes that it takes at least.
  public static let kind = CapabilityKind(extended: 0x0021, "frs", "FRS Queueing", size: 16)
  /// Its registers.
  public let registers: RegisterBytes
  /// Takes the registers.
  public init(_ registers: RegisterBytes) { self.registers = registers }

  /// FRS Queueing Capability.
  public enum Capability: RegisterFields {
    static let itself = Register(4, 4, "capability")
    /// FRS Queue Max Depth.
    public static let queueMaxDepth = number(0...11, "queueMaxDepth")
    /// FRS Interrupt Message Number.
    public static let interruptMessageNumber = number(16...20, "interruptMessageNumber")
    static let fields = [queueMaxDepth, interruptMessageNumber]
  }

  /// FRS Queueing Status.
  public enum Status: RegisterFields {
    static let itself = Register(8, 2, "status")
    /// FRS Message Received.
    public static let messageReceived = flag(0, "messageReceived")
    /// FRS Message Overflow.
    public static let messageOverflow = flag(1, "messageOverflow")
    static let fields = [messageReceived, messageOverflow]
  }

  /// FRS Queueing Control.
  public enum Control: RegisterFields {
    static let itself = Register(0xa, 2, "control")
    /// FRS Interrupt Enable.
    public static let interruptEnable = flag(0, "interruptEnable")
    static let fields = [interruptEnable]
  }

  /// FRS Message Queue.
  public enum MessageQueue: RegisterFields {
    static let itself = Register(0xc, 4, "messageQueue")
    /// FRS Message Queue Function ID.
    public static let functionID = hexadecimal(0...15, "functionID", digits: 4)
    /// FRS Message Queue Reason.
    public static let reason = number(16...19, "reason")
    /// FRS Message Queue Depth.
    public static let depth = number(20...31, "depth")
    static let fields = [functionID, reason, depth]
  }

  /// The fields, in register order.
  public static let layout = RegisterLayout(registers: [
    Capability.fields, Status.fields, Control.fields, MessageQueue.fields,
  ])
}
