// SPDX-License-Identifier: Apache-2.0

/// The FRS Queueing capability, extended id 0x0021.
///
/// PCI Express Base 6.0, section 7.8.10.
public struct FunctionReadinessQueueing: DecodedCapability {
  public static let kind = CapabilityKind(extended: 0x0021, "frs", "FRS Queueing", size: 16)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  public enum Capability: RegisterFields {
    static let itself = Register(4, 4, "capability")
    public static let queueMaxDepth = number(0...11, "queueMaxDepth")
    public static let interruptMessageNumber = number(16...20, "interruptMessageNumber")
    static let fields = [queueMaxDepth, interruptMessageNumber]
  }

  public enum Status: RegisterFields {
    static let itself = Register(8, 2, "status")
    public static let messageReceived = flag(0, "messageReceived")
    public static let messageOverflow = flag(1, "messageOverflow")
    static let fields = [messageReceived, messageOverflow]
  }

  public enum Control: RegisterFields {
    static let itself = Register(0xa, 2, "control")
    public static let interruptEnable = flag(0, "interruptEnable")
    static let fields = [interruptEnable]
  }

  public enum MessageQueue: RegisterFields {
    static let itself = Register(0xc, 4, "messageQueue")
    public static let functionID = hexadecimal(0...15, "functionID", digits: 4)
    public static let reason = number(16...19, "reason")
    public static let depth = number(20...31, "depth")
    static let fields = [functionID, reason, depth]
  }

  public static let layout = RegisterLayout(registers: [
    Capability.fields, Status.fields, Control.fields, MessageQueue.fields,
  ])
}
