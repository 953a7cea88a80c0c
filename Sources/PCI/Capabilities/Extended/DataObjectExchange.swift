// SPDX-License-Identifier: Apache-2.0

/// The Data Object Exchange capability, extended id 0x002e.
///
/// PCI Express Base 6.0, section 7.9.24.
public struct DataObjectExchange: DecodedCapability {
  public static let kind = CapabilityKind(extended: 0x002e, "doe", "Data Object Exchange", size: 24)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  public enum Capabilities: RegisterFields {
    static let itself = Register(4, 4, "capabilities")
    public static let interruptSupported = flag(0, "interruptSupported")
    public static let interruptMessageNumber = number(1...11, "interruptMessageNumber")
    static let fields = [interruptSupported, interruptMessageNumber]
  }

  public enum Control: RegisterFields {
    static let itself = Register(8, 4, "control")
    public static let abort = flag(0, "abort")
    public static let interruptEnable = flag(1, "interruptEnable")
    public static let go = flag(31, "go")
    static let fields = [abort, interruptEnable, go]
  }

  public enum Status: RegisterFields {
    static let itself = Register(0xc, 4, "status")
    public static let busy = flag(0, "busy")
    public static let interrupt = flag(1, "interrupt")
    public static let error = flag(2, "error")
    public static let dataObjectReady = flag(31, "dataObjectReady")
    static let fields = [busy, interrupt, error, dataObjectReady]
  }

  public static let writeDataMailbox = Register(0x10, 4, "writeDataMailbox").hexadecimal()
  public static let readDataMailbox = Register(0x14, 4, "readDataMailbox").hexadecimal()

  public static let layout = RegisterLayout(registers: [
    Capabilities.fields, Control.fields, Status.fields, [writeDataMailbox, readDataMailbox],
  ])
}
