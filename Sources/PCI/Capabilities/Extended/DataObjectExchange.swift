// SPDX-License-Identifier: Apache-2.0

/// The Data Object Exchange capability, extended id 0x002e.
///
/// PCI Express Base 6.0, section 7.9.24.
public struct DataObjectExchange: DecodedCapability {
  /// Its id and names, and the bytes that it takes at least.
  public static let kind = CapabilityKind(extended: 0x002e, "doe", "Data Object Exchange", size: 24)
  /// Its registers.
  public let registers: RegisterBytes
  /// Takes the registers.
  public init(_ registers: RegisterBytes) { self.registers = registers }

  /// DOE Capabilities.
  public enum Capabilities: RegisterFields {
    static let itself = Register(4, 4, "capabilities")
    /// DOE Interrupt Support.
    public static let interruptSupported = flag(0, "interruptSupported")
    /// DOE Interrupt Message Number.
    public static let interruptMessageNumber = number(1...11, "interruptMessageNumber")
    static let fields = [interruptSupported, interruptMessageNumber]
  }

  /// DOE Control.
  public enum Control: RegisterFields {
    static let itself = Register(8, 4, "control")
    /// DOE Abort.
    public static let abort = flag(0, "abort")
    /// DOE Interrupt Enable.
    public static let interruptEnable = flag(1, "interruptEnable")
    /// DOE Go.
    public static let go = flag(31, "go")
    static let fields = [abort, interruptEnable, go]
  }

  /// DOE Status.
  public enum Status: RegisterFields {
    static let itself = Register(0xc, 4, "status")
    /// DOE Busy.
    public static let busy = flag(0, "busy")
    /// DOE Interrupt Status.
    public static let interrupt = flag(1, "interrupt")
    /// DOE Error.
    public static let error = flag(2, "error")
    /// Data Object Ready.
    public static let dataObjectReady = flag(31, "dataObjectReady")
    static let fields = [busy, interrupt, error, dataObjectReady]
  }

  /// DOE Write Data Mailbox.
  public static let writeDataMailbox = Register(0x10, 4, "writeDataMailbox").hexadecimal()
  /// DOE Read Data Mailbox.
  public static let readDataMailbox = Register(0x14, 4, "readDataMailbox").hexadecimal()

  /// The fields, in register order.
  public static let layout = RegisterLayout(registers: [
    Capabilities.fields, Control.fields, Status.fields, [writeDataMailbox, readDataMailbox],
  ])
}
